/**
 * A cursor over bytes in TLS presentation language. RFC 8446 §3: big-endian numbers, vectors with a length prefix.
 * Every read is checked: bytes that are missing or left over are a HarnessError, never a RangeError.
 * Vectors are views of the input, not copies.
 */
import { HarnessError } from '../model/errors.ts'

/** The size of a number or of a vector's length prefix, in bytes. */
export type Width = 1 | 2 | 3 | 4

export interface VectorBounds {
  /** In bytes, as in the `<floor..ceiling>` of the RFC's syntax. */
  readonly minBytes?: number
  readonly maxBytes?: number
  /** The size of one element of the vector: its length must be a multiple of this. */
  readonly elementBytes?: number
}

export class ByteReader {
  readonly #bytes: Uint8Array
  /** The structure that is read, for messages. */
  readonly #name: string
  #offset = 0

  constructor(bytes: Uint8Array, name: string) {
    this.#bytes = bytes
    this.#name = name
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset
  }

  uint(width: Width, field: string): number {
    return this.bytes(width, field).reduce((sum, byte) => sum * 256 + byte, 0)
  }

  bytes(length: number, field: string): Uint8Array {
    if (length > this.remaining) {
      throw this.#error('ERR_TRUNCATED', field, `needs ${length} bytes, ${this.remaining} are left`)
    }
    const bytes = this.#bytes.subarray(this.#offset, this.#offset + length)
    this.#offset += length
    return bytes
  }

  /** The content of a variable-length vector. RFC 8446 §3.4. */
  vector(width: Width, field: string, bounds: VectorBounds = {}): Uint8Array {
    const { minBytes = 0, maxBytes = 256 ** width - 1, elementBytes = 1 } = bounds
    const length = this.uint(width, `length of ${field}`)
    if (length < minBytes || length > maxBytes || length % elementBytes !== 0) {
      const expected = `${minBytes} to ${maxBytes}, a multiple of ${elementBytes}`
      throw this.#error('ERR_VECTOR_LENGTH', field, `has length ${length}, expected ${expected}`)
    }
    return this.bytes(length, field)
  }

  /** A reader over the content of a vector. */
  nested(width: Width, field: string, bounds?: VectorBounds): ByteReader {
    return new ByteReader(this.vector(width, field, bounds), field)
  }

  /** A vector of two-byte numbers. */
  uint16s(width: Width, field: string, minBytes = 2): readonly number[] {
    const content = this.vector(width, field, { minBytes, elementBytes: 2 })
    return Array.from({ length: content.length / 2 }, (_, index) => uint16At(content, index * 2))
  }

  rest(): Uint8Array {
    return this.bytes(this.remaining, 'rest')
  }

  /** RFC 8446 §6.2: data left over after the last field is a decode_error. */
  end(): void {
    if (this.remaining > 0) {
      throw new HarnessError(
        'ERR_TRAILING_BYTES',
        `${this.#name} has ${this.remaining} bytes after its last field`,
      )
    }
  }

  #error(code: 'ERR_TRUNCATED' | 'ERR_VECTOR_LENGTH', field: string, what: string): HarnessError {
    return new HarnessError(code, `${this.#name}: ${field} ${what}`, { where: `byte ${this.#offset}` })
  }
}

function uint16At(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0)
}
