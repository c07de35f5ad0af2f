/**
 * What every record protection of TLS 1.2 shares: the data that is authenticated beside the content, the record
 * MAC, and the limit on the content. RFC 5246 §6.2.3.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { HashAlgorithm } from './cipher-suite.ts'
import type { OpenedRecord, ProtectedRecord } from './protected-record.ts'
import { badRecordMac, brokenRule, MAX_CONTENT_BYTES } from './protected-record.ts'

/** seq_num + type + version + length. RFC 5246 §6.2.3.1 (MAC) and §6.2.3.3 (additional_data). */
export function additionalData(
  record: ProtectedRecord,
  sequenceNumber: number,
  lengthBytes: number,
): Uint8Array {
  const data = new Uint8Array(13)
  const view = new DataView(data.buffer)
  view.setUint32(0, Math.floor(sequenceNumber / 2 ** 32))
  view.setUint32(4, sequenceNumber % 2 ** 32)
  data.set(record.header.subarray(0, 3), 8)
  view.setUint16(11, lengthBytes)
  return data
}

/** @throws HarnessError ERR_BAD_RECORD_MAC */
export function verifyMac(
  { hash, key }: { readonly hash: HashAlgorithm; readonly key: Uint8Array },
  authenticated: readonly Uint8Array[],
  mac: Uint8Array,
): void {
  const hmac = createHmac(hash, key)
  for (const part of authenticated) hmac.update(part)
  if (!timingSafeEqual(hmac.digest(), mac)) throw badRecordMac('the record MAC does not match')
}

/** In TLS 1.2 the plaintext is the content and the type is that of the header. */
export function readContent(record: ProtectedRecord, plaintext: Uint8Array): OpenedRecord {
  if (plaintext.length > MAX_CONTENT_BYTES) {
    const message = `content has ${plaintext.length} bytes, expected at most ${MAX_CONTENT_BYTES}`
    throw brokenRule('ERR_RECORD_OVERFLOW', `${message} (RFC 5246 §6.2.1)`)
  }
  return { contentType: record.contentType, content: plaintext }
}
