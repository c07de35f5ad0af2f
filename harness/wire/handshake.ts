/**
 * Reassembles handshake messages over records. RFC 8446 §4 (header) and §5.1 (fragmentation), RFC 5246 §7.4.
 * One reassembly serves one direction. It holds only bytes that arrived, so a message costs at most the
 * 2^24 + 3 bytes of its header's reach, whatever length it declares. Decoding is messages/.
 */

export const HANDSHAKE_HEADER_BYTES = 4

export class HandshakeReassembly {
  /** The bytes of the current message and whatever follows it, in order. */
  #chunks: Uint8Array[] = []
  #lengthBytes = 0

  /** Bytes that do not make a whole message yet. */
  get pendingBytes(): number {
    return this.#lengthBytes
  }

  push(fragment: Uint8Array): void {
    if (fragment.length === 0) return
    this.#chunks.push(fragment)
    this.#lengthBytes += fragment.length
  }

  /** The next whole message with its header; null until more bytes arrive. A view where one fragment holds it all. */
  next(): Uint8Array | null {
    const needed = this.#neededBytes()
    if (needed === null || this.#lengthBytes < needed) return null
    const bytes = this.#join()
    this.#chunks = bytes.length > needed ? [bytes.subarray(needed)] : []
    this.#lengthBytes -= needed
    return bytes.subarray(0, needed)
  }

  /** Takes what is left, for a message that will not be completed. */
  drain(): Uint8Array {
    const bytes = this.#join()
    this.#chunks = []
    this.#lengthBytes = 0
    return bytes
  }

  /** Length of the current message with its header; null until the header is here. */
  #neededBytes(): number | null {
    if (this.#lengthBytes < HANDSHAKE_HEADER_BYTES) return null
    if ((this.#chunks[0]?.length ?? 0) < HANDSHAKE_HEADER_BYTES) this.#join()
    const [, high = 0, middle = 0, low = 0] = this.#chunks[0] ?? []
    return HANDSHAKE_HEADER_BYTES + ((high << 16) | (middle << 8) | low)
  }

  /**
   * One chunk out of all. Called for a header and for a whole message only, so a byte is copied a small, constant
   * number of times however finely a message is fragmented.
   */
  #join(): Uint8Array {
    const [first] = this.#chunks
    if (first === undefined) return new Uint8Array()
    if (this.#chunks.length === 1) return first
    const joined = Buffer.concat(this.#chunks)
    this.#chunks = [joined]
    return joined
  }
}
