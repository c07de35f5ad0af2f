/**
 * The TCP connections of one site: an end for each and for all, and which clients' ports can bring nothing more.
 * What is spoken over them is listener.ts.
 */
import type { Server, Socket } from 'node:net'

export class Connection {
  readonly #socket: Socket
  readonly #onEnd: () => void
  readonly #waiting = new Set<() => void>()
  #requests = 0
  #closed = false

  constructor(socket: Socket, onEnd: () => void) {
    this.#socket = socket
    this.#onEnd = onEnd
    // A request whose last bytes came with the end is told first, because the TLS socket closes after this one.
    socket.once('close', () => setImmediate(() => this.#close()))
  }

  /** Of this many requests something is still to come. */
  get requests(): number {
    return this.#requests
  }

  get ended(): boolean {
    return this.#closed && this.#requests === 0
  }

  /** Until the returned function is called, once, something is still to come from here: an answer, a line in the log. */
  hold(): () => void {
    this.#requests++
    return () => {
      this.#requests--
      if (this.ended) this.#onEnd()
    }
  }

  /**
   * Waits no longer than the connection lives. Node 20 tells only the first of several pipelined responses that its
   * connection has closed; the others would be waited for in vain.
   */
  orClosed(promise: Promise<void>): Promise<void> {
    if (this.#closed) return Promise.resolve()
    return new Promise((resolve) => {
      this.#waiting.add(resolve)
      void promise.then(() => {
        this.#waiting.delete(resolve)
        resolve()
      })
    })
  }

  /** FIN, or RST when bytes have come that nobody read. */
  destroy(): void {
    this.#socket.destroy()
  }

  /** RST. */
  reset(): void {
    this.#socket.resetAndDestroy()
  }

  #close(): void {
    this.#closed = true
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
    if (this.ended) this.#onEnd()
  }
}

export class Connections {
  readonly #onEnd: () => void
  readonly #open = new Map<string, Connection>()
  /** An entry stays after the end, until a new connection comes from the same port: there are not more than ports. */
  readonly #byPort = new Map<number, Connection>()

  /** @param onEnd Called whenever hasEnded has become true of a port. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd
  }

  track(server: Server): void {
    server.on('connection', (socket: Socket) => {
      // Read now: a socket that has closed no longer knows.
      const { remotePort } = socket
      const key = keyOf(socket)
      const connection = new Connection(socket, () => {
        if (this.#open.get(key) === connection) this.#open.delete(key)
        this.#onEnd()
      })
      this.#open.set(key, connection)
      if (remotePort !== undefined) this.#byPort.set(remotePort, connection)
    })
  }

  /** The connection beneath a TLS socket, or of this socket itself; null when it has ended. */
  connectionOf(socket: Socket): Connection | null {
    return socket.remotePort === undefined ? null : (this.#open.get(keyOf(socket)) ?? null)
  }

  /** A connection from this port was seen, the last one has ended, and so has every request that came over it. */
  hasEnded(clientPort: number): boolean {
    return this.#byPort.get(clientPort)?.ended ?? false
  }

  destroyAll(): void {
    for (const connection of this.#open.values()) connection.destroy()
  }
}

/** Two clients can have one port, on two addresses; and one client one port, to two listeners. */
const keyOf = ({ localPort, remoteAddress, remotePort }: Socket): string =>
  `${localPort} ${remoteAddress} ${remotePort}`
