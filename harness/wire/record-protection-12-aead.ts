/** AEAD record protection of TLS 1.2. RFC 5246 §6.2.3.3; GCM RFC 5288, CCM RFC 6655, ChaCha20 RFC 7905. */
import type { AeadSuite } from './cipher-suite.ts'
import type { WriteKeys } from './key-schedule-12.ts'
import type { RecordCipher } from './protected-record.ts'
import { additionalData, readContent } from './record-protection-12.ts'
import { openAead, xorNonce } from './record-protection-aead.ts'

export function aead12(suite: AeadSuite, { key, iv }: WriteKeys): RecordCipher {
  const { algorithm, recordIvLength, tagLength } = suite
  const aead = { algorithm, key, tagLength }
  return {
    authenticate(record, sequenceNumber) {
      const explicitNonce = record.fragment.subarray(0, recordIvLength)
      const sealed = record.fragment.subarray(recordIvLength)
      const nonce = recordIvLength === 0 ? xorNonce(iv, sequenceNumber) : Buffer.concat([iv, explicitNonce])
      const data = additionalData(record, sequenceNumber, sealed.length - tagLength)
      return openAead(aead, nonce, data, sealed)
    },
    read: readContent,
  }
}
