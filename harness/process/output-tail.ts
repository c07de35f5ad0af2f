/** The last bytes of a stream: bounded memory for what a program says over hours. */

export class OutputTail {
  readonly #maxBytes: number
  #chunks: Uint8Array[] = []
  #lengthBytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  append(chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    this.#lengthBytes += chunk.length
    // Copying at every chunk would be quadratic: fold only when twice the bound has gathered.
    if (this.#lengthBytes > 2 * this.#maxBytes) this.#fold()
  }

  text(): string {
    this.#fold()
    return Buffer.concat(this.#chunks).toString('utf8')
  }

  #fold(): void {
    const bytes = Buffer.concat(this.#chunks)
    // A copy, so that the large buffer below it can go.
    this.#chunks = [Uint8Array.from(bytes.subarray(-this.#maxBytes))]
    this.#lengthBytes = Math.min(bytes.length, this.#maxBytes)
  }
}
