/**
 * AEAD decryption as both TLS versions use it. RFC 5116 §2.2.
 * How nonce and additional data are made is in record-protection-13.ts and record-protection-12-aead.ts.
 */
import type { CipherGCMTypes, DecipherGCM } from 'node:crypto'
import { createDecipheriv } from 'node:crypto'
import { badRecordMac } from './protected-record.ts'

export interface Aead {
  /** The name of the cipher in `node:crypto`. */
  readonly algorithm: string
  readonly key: Uint8Array
  readonly tagLength: number
}

/**
 * `sealed` is the ciphertext followed by the tag.
 * @throws HarnessError ERR_BAD_RECORD_MAC
 */
export function openAead(
  aead: Aead,
  nonce: Uint8Array,
  additionalData: Uint8Array,
  sealed: Uint8Array,
): Uint8Array {
  const { algorithm, key, tagLength } = aead
  const plaintextLength = sealed.length - tagLength
  if (plaintextLength < 0) {
    throw badRecordMac(`${sealed.length} bytes are too few for a tag of ${tagLength} bytes`)
  }
  // The types know GCM, CCM and ChaCha20 by separate overloads; the methods are the same.
  const options = { authTagLength: tagLength }
  const decipher: DecipherGCM = createDecipheriv(algorithm as CipherGCMTypes, key, nonce, options)
  decipher.setAuthTag(sealed.subarray(plaintextLength))
  decipher.setAAD(additionalData, { plaintextLength })
  try {
    const plaintext = decipher.update(sealed.subarray(0, plaintextLength))
    decipher.final()
    return plaintext
  } catch (cause) {
    throw badRecordMac('the record does not authenticate', cause)
  }
}

/** XORs the 64-bit sequence number into the right end of a copy of the IV. RFC 8446 §5.3, RFC 7905 §2. */
export function xorNonce(iv: Uint8Array, sequenceNumber: number): Uint8Array {
  const nonce = new Uint8Array(iv)
  const view = new DataView(nonce.buffer)
  const low = nonce.length - 4
  view.setUint32(low, view.getUint32(low) ^ (sequenceNumber % 2 ** 32))
  view.setUint32(low - 4, view.getUint32(low - 4) ^ Math.floor(sequenceNumber / 2 ** 32))
  return nonce
}
