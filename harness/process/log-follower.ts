/**
 * Follows a growing log file: one reader, many waiters, each for the one line that is about its connection.
 * Lines are read by offset; the log of a server that we started is neither rotated nor truncated.
 */
import { closeSync, openSync, readSync, watch, type FSWatcher } from 'node:fs'

export interface LogFollower extends AsyncDisposable {
  /**
   * The oldest line that matches, from the start of the file on; it is claimed, and given to nobody else.
   * null when the signal aborts, or the follower is disposed of, before there is one.
   */
  find(match: (line: string) => boolean, signal: AbortSignal): Promise<string | null>
}

/** The file's watcher wakes us within a millisecond; this is for file systems that tell nothing (mounts). */
const POLL_MS = 20
/** Lines that nobody claimed are kept for a waiter that comes late. */
const MAX_KEPT_LINES = 4096
const READ_BYTES = 64 * 1024
const LINE_FEED = 0x0a

/** The file need not exist yet. */
export function followLog(path: string): LogFollower {
  return new FileFollower(path)
}

interface Waiter {
  readonly match: (line: string) => boolean
  readonly settle: (line: string | null) => void
}

class FileFollower implements LogFollower {
  readonly #path: string
  readonly #buffer = Buffer.allocUnsafe(READ_BYTES)
  readonly #waiters = new Set<Waiter>()
  readonly #kept: string[] = []
  #file: number | null = null
  #watcher: FSWatcher | null = null
  #timer: NodeJS.Timeout | null = null
  #offset = 0
  #partialLine: Buffer = Buffer.alloc(0)
  #closed = false

  constructor(path: string) {
    this.#path = path
  }

  find(match: (line: string) => boolean, signal: AbortSignal): Promise<string | null> {
    this.#read()
    const index = this.#kept.findIndex(match)
    if (index >= 0) return Promise.resolve(this.#kept.splice(index, 1)[0] ?? null)
    if (this.#closed || signal.aborted) return Promise.resolve(null)
    return new Promise((resolve) => {
      const waiter: Waiter = {
        match,
        settle: (line) => {
          signal.removeEventListener('abort', giveUp)
          this.#waiters.delete(waiter)
          resolve(line)
        },
      }
      const giveUp = () => {
        // A last look: on a busy machine the deadline can be noticed before the line is.
        this.#read()
        if (this.#waiters.has(waiter)) waiter.settle(null)
      }
      signal.addEventListener('abort', giveUp, { once: true })
      this.#waiters.add(waiter)
      this.#timer ??= setInterval(() => this.#read(), POLL_MS)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    for (const waiter of this.#waiters) waiter.settle(null)
    this.#rest()
    this.#watcher?.close()
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }

  /**
   * Takes in whatever was appended. Synchronous on purpose: the bytes were just written and lie in memory, so a
   * read costs microseconds, while a round through the thread pool would cost more and could overlap with itself.
   */
  #read(): void {
    const file = this.#open()
    if (file === null) return
    for (;;) {
      const lengthBytes = readSync(file, this.#buffer, 0, READ_BYTES, this.#offset)
      if (lengthBytes === 0) break
      this.#offset += lengthBytes
      this.#split(this.#buffer.subarray(0, lengthBytes))
    }
    if (this.#waiters.size === 0) this.#rest()
  }

  #split(bytes: Buffer): void {
    let start = 0
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      this.#offer(Buffer.concat([this.#partialLine, bytes.subarray(start, end)]).toString('utf8'))
      this.#partialLine = Buffer.alloc(0)
      start = end + 1
    }
    this.#partialLine = Buffer.concat([this.#partialLine, bytes.subarray(start)])
  }

  #offer(line: string): void {
    for (const waiter of this.#waiters) {
      if (!waiter.match(line)) continue
      waiter.settle(line)
      return
    }
    this.#kept.push(line)
    if (this.#kept.length > MAX_KEPT_LINES) this.#kept.shift()
  }

  #open(): number | null {
    if (this.#file !== null || this.#closed) return this.#file
    try {
      this.#file = openSync(this.#path, 'r')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
    try {
      this.#watcher = watch(this.#path, { persistent: false }, () => {
        // Without a waiter the bytes can lie where they are.
        if (this.#waiters.size > 0) this.#read()
      })
      this.#watcher.on('error', () => this.#watcher?.close())
    } catch {
      // No watches left on this machine (inotify has a limit): polling alone does it.
    }
    return this.#file
  }

  /** Nobody waits: stop polling. */
  #rest(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }
}
