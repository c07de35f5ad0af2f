/**
 * A TCP socket with a tap on it. node:tls over a socket that is not yet connected reads and writes it as it would any
 * stream, in JavaScript, and so every byte passes here; over one that has a handle it would bypass us.
 * In process, for the `node` client only; see relay.ts for the others.
 */
import { Socket } from 'node:net'
import { HarnessError } from '../model/errors.ts'
import { closedByError, MAX_CAPTURE_BYTES, type Tap } from './tap.ts'

type WriteCallback = (error?: Error | null) => void

/** Make the TLS socket first, then connect this one. The tap's segments are complete once it is closed. */
export class TappedSocket extends Socket {
  readonly #tap: Tap

  constructor(tap: Tap) {
    super({ allowHalfOpen: true })
    this.#tap = tap
    this.setNoDelay(true)
    this.on('end', () => tap.closed('fin'))
    this.on('error', (error) => tap.closed(closedByError(error)))
    this.on('close', () => tap.closed('client'))
  }

  /** What arrives from the server, before anybody reads it. */
  override push(bytes: Buffer | null): boolean {
    if (bytes === null || this.#tap.record('server', bytes)) return super.push(bytes)
    const message = `the connection carried more than ${MAX_CAPTURE_BYTES} bytes`
    this.destroy(new HarnessError('ERR_CAPTURE_OVERFLOW', message))
    return false
  }

  override _write(bytes: Buffer, encoding: BufferEncoding, done: WriteCallback): void {
    this.#tap.record('client', bytes)
    super._write(bytes, encoding, done)
  }

  override _writev(chunks: { chunk: Buffer; encoding: BufferEncoding }[], done: WriteCallback): void {
    for (const { chunk } of chunks) this.#tap.record('client', chunk)
    super._writev?.(chunks, done)
  }
}
