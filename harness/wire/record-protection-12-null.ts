/** NULL encryption of TLS 1.2: the content is readable, and followed by its MAC. RFC 5246 §6.2.3.1. */
import type { MacSuite } from './cipher-suite.ts'
import type { WriteKeys } from './key-schedule-12.ts'
import type { RecordCipher } from './protected-record.ts'
import { badRecordMac } from './protected-record.ts'
import { additionalData, readContent, verifyMac } from './record-protection-12.ts'

export function nullWithMac(suite: MacSuite, { macKey }: WriteKeys): RecordCipher {
  const mac = { hash: suite.mac, key: macKey }
  return {
    authenticate(record, sequenceNumber) {
      const lengthBytes = record.fragment.length - suite.macLength
      if (lengthBytes < 0) throw badRecordMac('the fragment is shorter than the record MAC')
      const content = record.fragment.subarray(0, lengthBytes)
      const data = additionalData(record, sequenceNumber, lengthBytes)
      verifyMac(mac, [data, content], record.fragment.subarray(lengthBytes))
      return content
    },
    read: readContent,
  }
}
