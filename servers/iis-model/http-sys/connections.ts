/**
 * The TCP connections of one listener: an end for each and for all, and which clients' ports can bring nothing more.
 * What is spoken over them is listener.ts.
 */
import type { Server, Socket } from 'node:net'

export interface Connections {
  /** The connection beneath a TLS socket, or of this socket itself; null when it has ended. */
  connectionOf(socket: Socket): Connection | null
  /** A connection from this port was seen, it has ended, and so has every request that came over it. */
  hasEnded(clientPort: number): boolean
  destroyAll(): void
}

export class Connection {
  readonly #socket: Socket
  readonly #onEnd: () => void
  #requests = 0
  #closed = false

  constructor(socket: Socket, onEnd: () => void) {
    this.#socket = socket
    this.#onEnd = onEnd
    // A request whose last bytes came with the end is told first, because the TLS socket closes after this one.
    socket.once('close', () => setImmediate(() => this.#close()))
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
    if (this.ended) this.#onEnd()
  }
}

/** @param onEnd Called whenever hasEnded has become true of a port. */
export function trackConnections(server: Server, onEnd: () => void): Connections {
  const open = new Set<Connection>()
  // An entry stays after the end, until a new connection comes from the same port.
  const byPort = new Map<number, Connection>()
  server.on('connection', (socket: Socket) => {
    const connection = new Connection(socket, onEnd)
    open.add(connection)
    socket.once('close', () => open.delete(connection))
    // Read now: a socket that has closed no longer knows.
    if (socket.remotePort !== undefined) byPort.set(socket.remotePort, connection)
  })
  return {
    connectionOf: ({ remotePort }) => (remotePort === undefined ? null : (byPort.get(remotePort) ?? null)),
    hasEnded: (clientPort) => byPort.get(clientPort)?.ended ?? false,
    destroyAll() {
      for (const connection of open) connection.destroy()
    },
  }
}
