/**
 * A Duplex that node:tls runs over while a tap sees every byte: node:tls reads and writes here,
 * the bytes go to and from a TCP socket. In process, for the `node` client only; see relay.ts for the others.
 */
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { HarnessError } from '../model/errors.ts'
import { closedByError, MAX_CAPTURE_BYTES, type Tap } from './tap.ts'

type WriteCallback = (error?: Error | null) => void

class TappedSocket extends Duplex {
  readonly #socket: Socket
  readonly #tap: Tap

  constructor(socket: Socket, tap: Tap) {
    super({ allowHalfOpen: true })
    this.#socket = socket
    this.#tap = tap
    socket.on('data', (bytes) => this.#received(bytes))
    socket.on('end', () => {
      tap.closed('fin')
      this.push(null)
    })
    socket.on('error', (error) => {
      tap.closed(closedByError(error))
      this.destroy(error)
    })
    socket.on('close', () => {
      tap.closed('client')
      this.destroy()
    })
  }

  #received(bytes: Buffer): void {
    if (!this.#tap.record('server', bytes)) {
      this.destroy(
        new HarnessError(
          'ERR_CAPTURE_OVERFLOW',
          `the connection carried more than ${MAX_CAPTURE_BYTES} bytes`,
        ),
      )
    } else if (!this.push(bytes)) {
      this.#socket.pause()
    }
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: WriteCallback): void {
    this.#tap.record('client', bytes)
    this.#socket.write(bytes, done)
  }

  override _final(done: WriteCallback): void {
    this.#socket.end(done)
  }

  override _destroy(error: Error | null, done: WriteCallback): void {
    this.#socket.destroy()
    done(error)
  }
}

/** Wraps a connecting or connected socket. The tap's segments are complete once the socket is closed. */
export function tapSocket(socket: Socket, tap: Tap): Duplex {
  return new TappedSocket(socket, tap)
}
