/**
 * A TCP socket with a tap on it. node:tls over a socket that is not yet connected reads and writes it as it would any
 * stream, in JavaScript, and so every byte passes here; over one that has a handle it would bypass us.
 * In process, for the `node` client only; see relay.ts for the others.
 */
import { HarnessError } from '../model/errors.ts'
import { PatientSocket, type Chunk, type Chunks, type WriteCallback } from './patient-socket.ts'
import { closedByError, MAX_CAPTURE_BYTES, type Tap } from './tap.ts'

/** What the client may read of the bytes that arrived; the tap has all of them. */
export type Hearing = (arrived: Uint8Array) => Buffer

/** Make the TLS socket first, then connect this one. The tap's segments are complete once it is closed. */
export class TappedSocket extends PatientSocket {
  readonly #tap: Tap
  readonly #hearing: Hearing | null

  constructor(tap: Tap, hearing: Hearing | null = null) {
    super({ allowHalfOpen: true }, () => tap.closed('rst'))
    this.#tap = tap
    this.#hearing = hearing
    this.setNoDelay(true)
    this.on('end', () => tap.closed('fin'))
    this.on('error', (error) => tap.closed(closedByError(error)))
    this.on('close', () => tap.closed('client'))
  }

  /** What arrives from the server, before anybody reads it. */
  override push(bytes: Buffer | null): boolean {
    if (bytes === null) return super.push(bytes)
    if (this.#tap.record('server', bytes)) {
      const heard = this.#hearing === null ? bytes : this.#hearing(bytes)
      return heard.length === 0 || super.push(heard)
    }
    const message = `the connection carried more than ${MAX_CAPTURE_BYTES} bytes`
    this.destroy(new HarnessError('ERR_CAPTURE_OVERFLOW', message))
    return false
  }

  override _write(chunk: Chunk, encoding: BufferEncoding, done: WriteCallback): void {
    this.#record(chunk, encoding)
    super._write(chunk, encoding, done)
  }

  override _writev(chunks: Chunks, done: WriteCallback): void {
    for (const { chunk, encoding } of chunks) this.#record(chunk, encoding)
    super._writev(chunks, done)
  }

  #record(chunk: Chunk, encoding: BufferEncoding): void {
    this.#tap.record('client', typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)
  }
}
