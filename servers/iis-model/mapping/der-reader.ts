/**
 * Reads DER one element after the other and says what ails it in the two words that CryptoAPI has, because IIS logs
 * them. X.690 §8.1. Everything that only has to be read is read with schannel/der.ts.
 */

/** `end-of-data`: the bytes end before the element does. `bad-tag`: another element than was expected. */
export type DerFault = 'end-of-data' | 'bad-tag'

export class DerError extends Error {
  override readonly name = 'DerError'
  readonly fault: DerFault

  constructor(fault: DerFault) {
    super(fault)
    this.fault = fault
  }
}

export class DerReader {
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** The contents of the next element. @throws DerError */
  next(tag: number): Uint8Array {
    if (this.#byte() !== tag) throw new DerError('bad-tag')
    const length = this.#length()
    const from = this.#offset
    if (length > this.#bytes.length - from) throw new DerError('end-of-data')
    this.#offset = from + length
    return this.#bytes.subarray(from, this.#offset)
  }

  /** Reads the next element if it has this tag, and nothing if it has another. @throws DerError */
  skip(tag: number): void {
    if (this.#bytes[this.#offset] === tag) this.next(tag)
  }

  /** X.690 §8.1.3. The indefinite form is no DER; which of the two faults it is, is inferred. */
  #length(): number {
    const first = this.#byte()
    if (first < 0x80) return first
    const octets = first & 0x7f
    if (octets === 0 || octets > 4) throw new DerError('bad-tag')
    let length = 0
    for (let i = 0; i < octets; i++) length = length * 256 + this.#byte()
    return length
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset]
    if (byte === undefined) throw new DerError('end-of-data')
    this.#offset++
    return byte
  }
}
