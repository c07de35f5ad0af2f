/**
 * CBC record protection of TLS 1.2: MAC-then-encrypt (RFC 5246 §6.2.3.2) and encrypt-then-MAC (RFC 7366 §3).
 * A watcher is no padding oracle, so unlike in a TLS stack the message says which check failed.
 */
import { createDecipheriv } from 'node:crypto'
import type { MacSuite } from './cipher-suite.ts'
import type { WriteKeys } from './key-schedule-12.ts'
import type { RecordCipher } from './protected-record.ts'
import { badRecordMac } from './protected-record.ts'
import { additionalData, readContent, verifyMac } from './record-protection-12.ts'

/** The MAC covers the content and is encrypted with it. */
export function cbcMacThenEncrypt(suite: MacSuite, { macKey, key }: WriteKeys): RecordCipher {
  const mac = { hash: suite.mac, key: macKey }
  return {
    authenticate(record, sequenceNumber) {
      const contentAndMac = decryptCbc(suite, key, record.fragment)
      const lengthBytes = contentAndMac.length - suite.macLength
      if (lengthBytes < 0) throw badRecordMac('no room for the record MAC before the padding')
      const content = contentAndMac.subarray(0, lengthBytes)
      const data = additionalData(record, sequenceNumber, lengthBytes)
      verifyMac(mac, [data, content], contentAndMac.subarray(lengthBytes))
      return content
    },
    read: readContent,
  }
}

/** The MAC covers IV and ciphertext and stands after them in the clear. */
export function cbcEncryptThenMac(suite: MacSuite, { macKey, key }: WriteKeys): RecordCipher {
  const mac = { hash: suite.mac, key: macKey }
  return {
    authenticate(record, sequenceNumber) {
      const lengthBytes = record.fragment.length - suite.macLength
      if (lengthBytes < 0) throw badRecordMac('the fragment is shorter than the record MAC')
      const encrypted = record.fragment.subarray(0, lengthBytes)
      const data = additionalData(record, sequenceNumber, lengthBytes)
      verifyMac(mac, [data, encrypted], record.fragment.subarray(lengthBytes))
      return decryptCbc(suite, key, encrypted)
    },
    read: readContent,
  }
}

/** Decrypts IV and blocks, and removes the padding: its last byte counts the equal bytes before it. */
function decryptCbc(suite: MacSuite, key: Uint8Array, encrypted: Uint8Array): Uint8Array {
  const blockLength = suite.recordIvLength
  if (encrypted.length < 2 * blockLength || encrypted.length % blockLength !== 0) {
    throw badRecordMac(`${encrypted.length} bytes are not an IV and whole blocks of ${blockLength} bytes`)
  }
  const iv = encrypted.subarray(0, blockLength)
  const decipher = createDecipheriv(suite.algorithm, key, iv).setAutoPadding(false)
  const padded = decipher.update(encrypted.subarray(blockLength))
  const paddingLength = padded.at(-1) ?? 0
  const end = padded.length - 1 - paddingLength
  if (end < 0) throw badRecordMac(`padding of ${paddingLength} bytes in ${padded.length} bytes`)
  if (!padded.subarray(end).every((byte) => byte === paddingLength)) {
    throw badRecordMac(`not every byte of the padding is ${paddingLength} (RFC 5246 §6.2.3.2)`)
  }
  return padded.subarray(0, end)
}
