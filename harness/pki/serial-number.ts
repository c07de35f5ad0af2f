/** Serial numbers of certificates. RFC 5280 §4.1.2.2. */
import { randomBytes } from 'node:crypto'

/** Positive, at most 20 octets. The first bits are 01, so that 16 octets stay 16. */
export function randomSerialNumber(): Uint8Array {
  const octets = new Uint8Array(randomBytes(16))
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40
  return octets
}
