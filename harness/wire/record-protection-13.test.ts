/** What no well-behaved peer sends, sealed here. RFC 8446 §5.4. The traces are in record-protection.test.ts. */
import { createCipheriv } from 'node:crypto'
import t from 'tap'
import { trafficKeys } from './key-schedule-13.ts'
import type { ProtectedRecord } from './record-protection.ts'
import { protectionFor13 } from './record-protection.ts'
import { xorNonce } from './record-protection-aead.ts'

const SUITE = 'TLS_AES_128_GCM_SHA256'
const secret = new Uint8Array(32).fill(7)
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

function seal(innerPlaintext: Uint8Array, sequenceNumber: number): ProtectedRecord {
  const { key, iv } = trafficKeys(SUITE, secret)
  const length = innerPlaintext.length + 16
  const header = Uint8Array.of(23, 3, 3, length >> 8, length & 0xff)
  const cipher = createCipheriv('aes-128-gcm', key, xorNonce(iv, sequenceNumber)).setAAD(header)
  const fragment = Buffer.concat([cipher.update(innerPlaintext), cipher.final(), cipher.getAuthTag()])
  return { contentType: 23, legacyRecordVersion: 0x0303, header, fragment }
}

const MAX = 2 ** 14

const opened = [
  { name: 'content without padding', inner: '0102' + '16', contentType: 22, content: '0102' },
  { name: 'padding is removed', inner: '0102' + '17' + '000000', contentType: 23, content: '0102' },
  {
    name: 'zeros before the content type are content',
    inner: '010000' + '15' + '00',
    contentType: 21,
    content: '010000',
  },
  { name: 'empty content', inner: '17', contentType: 23, content: '' },
  { name: 'empty content with padding', inner: '1700', contentType: 23, content: '' },
  { name: 'an unknown content type', inner: '01ff', contentType: 255, content: '01' },
  {
    name: '2^14 bytes of content',
    inner: 'ab'.repeat(MAX) + '17',
    contentType: 23,
    content: 'ab'.repeat(MAX),
  },
  { name: 'padding up to 2^14 + 1 bytes', inner: '17' + '00'.repeat(MAX), contentType: 23, content: '' },
] as const

for (const { name, inner, contentType, content } of opened) {
  t.test(name, async (t) => {
    const record = protectionFor13(SUITE, secret)?.open(seal(Buffer.from(inner, 'hex'), 0))
    t.equal(record?.contentType, contentType)
    t.equal(record && hex(record.content), content)
  })
}

const broken = [
  { name: 'nothing but zeros', inner: '000000', code: 'ERR_UNEXPECTED_MESSAGE' },
  { name: 'nothing at all', inner: '', code: 'ERR_UNEXPECTED_MESSAGE' },
  { name: 'one byte of content too many', inner: 'ab'.repeat(MAX + 1) + '17', code: 'ERR_RECORD_OVERFLOW' },
  { name: 'one byte of padding too many', inner: '17' + '00'.repeat(MAX + 1), code: 'ERR_RECORD_OVERFLOW' },
] as const

for (const { name, inner, code } of broken) {
  t.test(`${name} is refused, and the next record opens`, async (t) => {
    const protection = protectionFor13(SUITE, secret)!
    t.throws(() => protection.open(seal(Buffer.from(inner, 'hex'), 0)), { name: 'HarnessError', code })
    t.equal(hex(protection.open(seal(Buffer.from('0117', 'hex'), 1)).content), '01')
  })
}

t.test('the nonce takes all 64 bits of the sequence number', async (t) => {
  const iv = Buffer.from('ffffffff000000000000000f', 'hex')
  t.equal(hex(xorNonce(iv, 0)), 'ffffffff000000000000000f')
  t.equal(hex(xorNonce(iv, 1)), 'ffffffff000000000000000e')
  t.equal(hex(xorNonce(iv, 0xffffffff)), 'ffffffff00000000fffffff0')
  t.equal(hex(xorNonce(iv, 0x1_0000_0000)), 'ffffffff000000010000000f')
  t.equal(hex(iv), 'ffffffff000000000000000f', 'the IV itself stays')
})
