/** What reading a configuration left out or took on trust, for people: one note for each distinct thing of a file. */
import type { Position } from './configuration-error.ts'

export interface ConfigurationNote {
  readonly file: string
  readonly line: number
  readonly text: string
}

/** A file of ten thousand unknown sections does not get ten thousand notes. */
const mostNotes = 200

export class Notes {
  readonly #notes: ConfigurationNote[] = []
  readonly #seen = new Set<string>()

  add({ file, line }: Position, text: string): void {
    const key = `${file}\n${text}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    if (this.#seen.size <= mostNotes) this.#notes.push({ file, line, text })
  }

  /** File by file as they were read, and from top to bottom. */
  all(): readonly ConfigurationNote[] {
    const files = [...new Set(this.#notes.map(({ file }) => file))]
    const notes = files.flatMap((name) =>
      this.#notes.filter(({ file }) => file === name).sort((one, other) => one.line - other.line),
    )
    const last = notes.at(-1)
    const left = this.#seen.size - notes.length
    if (last === undefined || left === 0) return notes
    return [...notes, { file: last.file, line: last.line, text: `${left} more notes left out` }]
  }
}
