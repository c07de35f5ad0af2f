/**
 * A TCP relay on 127.0.0.1 for clients that are programs: it carries one connection to the server, and a tap
 * sees every byte. A reset of one side is passed on as a reset, so that the client sees what the server did.
 */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { PatientSocket } from './patient-socket.ts'
import { closedByError, newTap, type Tap } from './tap.ts'

export interface Relay extends AsyncDisposable {
  /** Where the client connects to, on 127.0.0.1. */
  readonly port: number
  readonly tap: Tap
  /** The relay's own TCP port towards the server; null before the client connected. */
  readonly clientPort: number | null
  /** Why the server was not reached, e.g. code `ECONNREFUSED`; the client only sees a reset. */
  readonly connectError: { readonly code: string; readonly message: string } | null
  /**
   * Settles when both sides of the connection are closed, at once when no client ever came, and at the latest when
   * the signal aborts: a server may leave its side open for ever.
   */
  finished(signal: AbortSignal): Promise<void>
}

export interface RelayOptions {
  readonly tap?: Tap
  /**
   * The client is still sending when the server may answer and reset. A program that notices the reset while it writes
   * never reads the answer, so the reset is passed on when the client has been quiet for {@link QUIET_MS}.
   */
  readonly resetWhenQuiet?: boolean
}

/** Far more than a program takes between two writes of what it has in hand. */
const QUIET_MS = 100

/** Opens a relay for exactly one connection to `target`. */
export async function openRelay(
  target: { readonly host: string; readonly port: number },
  { tap = newTap(), resetWhenQuiet = false }: RelayOptions = {},
): Promise<Relay> {
  const sockets: Socket[] = []
  let clientPort: number | null = null
  let connectError: Relay['connectError'] = null
  const listener = createServer({ allowHalfOpen: true, noDelay: true })
  listener.maxConnections = 1

  listener.once('connection', (downstream) => {
    listener.close()
    const upstream = new PatientSocket({ allowHalfOpen: true }, () => tap.closed('rst'))
    upstream.setNoDelay(true)
    upstream.connect(target)
    sockets.push(downstream, upstream)
    upstream.once('connect', () => {
      clientPort = upstream.localPort ?? null
    })
    upstream.once('error', (error: NodeJS.ErrnoException) => {
      if (clientPort === null) connectError = { code: error.code ?? 'ERR_UNKNOWN', message: error.message }
    })
    join(downstream, upstream, tap, resetWhenQuiet)
  })

  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    port: (listener.address() as AddressInfo).port,
    tap,
    get clientPort() {
      return clientPort
    },
    get connectError() {
      return connectError
    },
    async finished(signal) {
      await Promise.race([Promise.all(sockets.map(closed)), aborted(signal)])
    },
    async [Symbol.asyncDispose]() {
      listener.close()
      for (const socket of sockets) socket.destroy()
      await Promise.all(sockets.map(closed))
    },
  }
}

function join(downstream: Socket, upstream: Socket, tap: Tap, resetWhenQuiet: boolean): void {
  const passReset = () => {
    upstream.destroy()
    if (resetWhenQuiet) onceQuiet(downstream, () => downstream.resetAndDestroy())
    else downstream.resetAndDestroy()
  }
  downstream.on('data', (bytes) => {
    if (tap.record('client', bytes)) pass(bytes, downstream, upstream)
    else cutOff()
  })
  upstream.on('data', (bytes) => {
    if (tap.record('server', bytes)) pass(bytes, upstream, downstream)
    else cutOff()
  })
  upstream.on('end', () => {
    tap.closed('fin')
    // After a write that was reset, the end of reading is that reset.
    if (tap.closedBy === 'rst') passReset()
    else downstream.end()
  })
  downstream.on('end', () => {
    tap.closed('client')
    upstream.end()
  })
  upstream.on('error', (error) => {
    tap.closed(closedByError(error))
    passReset()
  })
  downstream.on('error', () => {
    tap.closed('client')
    upstream.resetAndDestroy()
  })
  function cutOff(): void {
    tap.closed('client')
    downstream.resetAndDestroy()
    upstream.resetAndDestroy()
  }
}

/** Reads on, so that the other side can finish what it is sending, until nothing has come for a while. */
function onceQuiet(socket: Socket, then: () => void): void {
  let timer = setTimeout(then, QUIET_MS)
  socket.on('data', () => {
    clearTimeout(timer)
    timer = setTimeout(then, QUIET_MS)
  })
  socket.once('close', () => clearTimeout(timer))
  socket.resume()
}

/** Reads no faster than the other side takes it. */
function pass(bytes: Buffer, source: Socket, sink: Socket): void {
  if (sink.destroyed || sink.write(bytes)) return
  source.pause()
  sink.once('drain', () => source.resume())
}

async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}
