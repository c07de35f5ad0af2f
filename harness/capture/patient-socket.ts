/**
 * A TCP socket that a reset does not keep from reading. A server may answer before it has read the whole request, and
 * reset: the answer waits to be read while our writing fails. So a write that is reset fails nothing; reading goes on
 * to the answer and to the end.
 */
import { Socket, type SocketConstructorOpts } from 'node:net'
import { closedByError } from './tap.ts'

export type WriteCallback = (error?: Error | null) => void
/** node:net does not turn strings into bytes before it writes them. */
export type Chunk = Buffer | string
export type Chunks = { chunk: Chunk; encoding: BufferEncoding }[]

export class PatientSocket extends Socket {
  readonly #onReset: () => void

  constructor(options: SocketConstructorOpts, onReset: () => void) {
    super(options)
    this.#onReset = onReset
  }

  override _write(chunk: Chunk, encoding: BufferEncoding, done: WriteCallback): void {
    super._write(chunk, encoding, this.#patiently(done))
  }

  override _writev(chunks: Chunks, done: WriteCallback): void {
    super._writev?.(chunks, this.#patiently(done))
  }

  #patiently(done: WriteCallback): WriteCallback {
    return (error) => {
      if (error == null || this.connecting || closedByError(error) !== 'rst') {
        done(error)
        return
      }
      this.#onReset()
      done()
    }
  }
}
