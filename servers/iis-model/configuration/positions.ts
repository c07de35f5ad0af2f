/** Offsets of one text to lines and columns. Line ends as in XML 1.0 §2.11. */
import type { Position } from './configuration-error.ts'

export class Positions {
  readonly #file: string
  readonly #lineStarts: number[] = [0]
  readonly #length: number

  constructor(file: string, text: string) {
    this.#file = file
    this.#length = text.length
    for (let offset = 0; offset < text.length; offset++) {
      const code = text.charCodeAt(offset)
      if (code === 10 || (code === 13 && text.charCodeAt(offset + 1) !== 10))
        this.#lineStarts.push(offset + 1)
    }
  }

  at(offset: number): Position {
    const within = Math.min(Math.max(offset, 0), this.#length)
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#lineStarts[middle] ?? 0) <= within) low = middle
      else high = middle - 1
    }
    return { file: this.#file, line: low + 1, column: within - (this.#lineStarts[low] ?? 0) + 1 }
  }
}
