/**
 * A site's W3C log file, one per UTC day as IIS names them: u_ex<yymmdd>.log, ex<yymmdd>.log before IIS 7. Lines are
 * written at once, so that the file is complete whenever somebody looks. The format is w3c-log.ts.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { formatW3cHeader, formatW3cLine, parseW3cLog } from './w3c-log.ts'
import type { LogProfile, W3cEntry, W3cRecord } from './w3c-log.ts'
import { logLayouts } from './w3c-fields.ts'

export interface SiteLogOptions {
  /** An existing directory of this site alone. */
  readonly directory: string
  /** For the `#Software` line, the fields and the name of the file. */
  readonly profile: LogProfile
}

/** How many of the last lines can be found again. */
const REMEMBERED_LINES = 4096

export class SiteLog implements Disposable {
  readonly #options: SiteLogOptions
  #day = ''
  #header = ''
  #file: number | null = null
  #disposed = false
  /** The very lines written, oldest first. */
  readonly #lines: string[] = []

  constructor(options: SiteLogOptions) {
    this.#options = options
  }

  /**
   * Gives the line; null for a request that the end of the site cut off.
   * @throws the file system's error when the line cannot be written.
   */
  append(entry: W3cEntry): string | null {
    if (this.#disposed) return null
    const file = this.#fileFor(entry.endedAt)
    const line = formatW3cLine(this.#options.profile, entry)
    writeSync(file, `${line}\r\n`)
    this.#lines.push(line)
    if (this.#lines.length > REMEMBERED_LINES) this.#lines.shift()
    return line
  }

  /** The last request whose query has `cell=<nonce>`, read back from its line. */
  find(nonce: string): W3cRecord | null {
    const parameter = `cell=${nonce}`
    for (let index = this.#lines.length - 1; index >= 0; index--) {
      const line = this.#lines[index]
      if (!line?.includes(parameter)) continue
      const [record] = parseW3cLog(`${this.#header}${line}`)
      if (record?.values.get('cs-uri-query')?.split('&').includes(parameter)) return record
    }
    return null
  }

  [Symbol.dispose](): void {
    this.#disposed = true
    this.#close()
  }

  #close(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }

  /** IIS begins a file with the first request of the day, and its header again after a restart. */
  #fileFor(epochMs: number): number {
    const day = new Date(epochMs).toISOString().slice(2, 10).replaceAll('-', '')
    if (this.#file !== null && day === this.#day) return this.#file
    this.#close()
    const { directory, profile } = this.#options
    const { filePrefix } = logLayouts[profile.logFields]
    this.#file = openSync(join(directory, `${filePrefix}${day}.log`), 'a', 0o600)
    this.#day = day
    this.#header = formatW3cHeader(profile, epochMs)
    writeSync(this.#file, this.#header)
    return this.#file
  }
}
