/**
 * Record protection of TLS 1.3: AEAD over TLSInnerPlaintext. RFC 8446 §5.2 to §5.4.
 * Records that are legitimately unprotected (change_cipher_spec, alerts before keys) must not come here.
 */
import type { AeadSuite } from './cipher-suite.ts'
import type { TrafficKeys } from './key-schedule-13.ts'
import type { OpenedRecord, ProtectedRecord, RecordCipher } from './protected-record.ts'
import { brokenRule, MAX_CONTENT_BYTES } from './protected-record.ts'
import { openAead, xorNonce } from './record-protection-aead.ts'

export function aead13(suite: AeadSuite, { key, iv }: TrafficKeys): RecordCipher {
  const aead = { algorithm: suite.algorithm, key, tagLength: suite.tagLength }
  return {
    // RFC 8446 §5.2: the additional data is the record header.
    authenticate: (record, sequenceNumber) =>
      openAead(aead, xorNonce(iv, sequenceNumber), record.header, record.fragment),
    read: readInnerPlaintext,
  }
}

/** RFC 8446 §5.4: the content type is the last byte that is not zero; the zeros after it are padding. */
function readInnerPlaintext(_record: ProtectedRecord, plaintext: Uint8Array): OpenedRecord {
  if (plaintext.length > MAX_CONTENT_BYTES + 1) {
    const message = `TLSInnerPlaintext has ${plaintext.length} bytes, expected at most ${MAX_CONTENT_BYTES + 1}`
    throw brokenRule('ERR_RECORD_OVERFLOW', `${message} (RFC 8446 §5.4)`)
  }
  let end = plaintext.length
  while (end > 0 && plaintext[end - 1] === 0) end -= 1
  const contentType = plaintext[end - 1]
  if (contentType === undefined) {
    // "If a receiving implementation does not find a non-zero octet in the cleartext, it MUST terminate the
    // connection with an "unexpected_message" alert."
    const message = `TLSInnerPlaintext has no content type: all of its ${plaintext.length} bytes are zero`
    throw brokenRule('ERR_UNEXPECTED_MESSAGE', `${message} (RFC 8446 §5.4)`)
  }
  return { contentType, content: plaintext.subarray(0, end - 1) }
}
