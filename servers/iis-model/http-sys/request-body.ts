/** The body of a request: read as far as somebody needs it to be, counted, and thrown away, because no page looks at it. */
import type { Readable } from 'node:stream'

/** whole: all of it has come; larger: more than the limit has come or is announced; broken: it ended before its end. */
export type BodyRead = 'whole' | 'larger' | 'broken'

interface Waiter {
  readonly limitBytes: number
  readonly resolve: (read: BodyRead) => void
}

export class RequestBody {
  readonly #stream: Readable
  /** Content-Length; 0 without a body; null: nobody knows before the end. */
  readonly #announcedBytes: number | null
  readonly #waiters = new Set<Waiter>()
  #receivedBytes = 0
  #end: 'whole' | 'broken' | null = null
  #reading = false

  constructor(stream: Readable, announcedBytes: number | null) {
    this.#stream = stream
    this.#announcedBytes = announcedBytes
    if (announcedBytes === 0) this.#end = 'whole'
  }

  /** Nothing of it is still to come. */
  get isWhole(): boolean {
    return this.#end === 'whole'
  }

  /** The limit is of the whole body, whatever was read before. Nothing announced as larger is read at all. Never rejects. */
  async read(limitBytes: number): Promise<BodyRead> {
    return (this.#announcedBytes ?? 0) > limitBytes ? 'larger' : await this.readWhatComes(limitBytes)
  }

  /** As read, but what is announced does not count. */
  async readWhatComes(limitBytes: number): Promise<BodyRead> {
    if (this.#receivedBytes > limitBytes) return 'larger'
    return this.#end ?? (await this.#wait(limitBytes))
  }

  /** Reads on, whatever the size, until the end or the time is over; for a client that sends before it reads. */
  async drain(timeoutMs: number): Promise<void> {
    if (this.#end) return
    let timer: NodeJS.Timeout | undefined
    const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeoutMs)))
    await Promise.race([this.#wait(Infinity), over])
    clearTimeout(timer)
  }

  #wait(limitBytes: number): Promise<BodyRead> {
    return new Promise((resolve) => {
      this.#waiters.add({ limitBytes, resolve })
      this.#start()
    })
  }

  #start(): void {
    if (this.#stream.destroyed) this.#settle('broken')
    else this.#stream.resume()
    if (this.#reading) return
    this.#reading = true
    this.#stream.on('data', (chunk: Uint8Array) => this.#count(chunk.length))
    this.#stream.once('end', () => this.#settle('whole'))
    // Both mean a broken connection, unless the end came first.
    this.#stream.once('close', () => this.#settle('broken'))
    this.#stream.once('error', () => this.#settle('broken'))
  }

  #count(lengthBytes: number): void {
    this.#receivedBytes += lengthBytes
    for (const waiter of this.#waiters) {
      if (this.#receivedBytes > waiter.limitBytes) this.#tell(waiter, 'larger')
    }
    if (this.#waiters.size === 0) this.#stream.pause()
  }

  #settle(end: 'whole' | 'broken'): void {
    this.#end ??= end
    for (const waiter of this.#waiters) this.#tell(waiter, this.#end)
  }

  #tell(waiter: Waiter, read: BodyRead): void {
    this.#waiters.delete(waiter)
    waiter.resolve(read)
  }
}
