import t from 'tap'
import { maxFragmentBytes, readRecord, readRecords } from './record.ts'
import type { RecordKind } from './record.ts'
import { hex, record } from './testdata/encode.ts'

const cases = [
  { name: 'no bytes', flow: '', fragments: [] },
  { name: 'one record', flow: '16030100 02beef', fragments: ['beef'] },
  { name: 'two records', flow: '16030100 02beef 16030100 01ff', fragments: ['beef', 'ff'] },
  { name: 'an empty fragment', flow: '17030300 00 15030300 020100', fragments: ['', '0100'] },
  { name: 'a header cut short', flow: '160301', fragments: [] },
  { name: 'a fragment cut short', flow: '16030100 01aa 16030100 02bb', fragments: ['aa'] },
] as const

for (const { name, flow, fragments } of cases) {
  t.test(name, async (t) => {
    const records = [...readRecords(hex(flow))]
    t.strictSame(
      records.map(({ fragment }) => Buffer.from(fragment).toString('hex')),
      fragments,
    )
  })
}

t.test('a record keeps its header, version and place', async (t) => {
  const [, second] = readRecords(hex('14030300 0101 16030100 02beef'))
  t.match(second, { contentType: 22, legacyRecordVersion: 0x0301, offset: 6 })
  t.equal(Buffer.from(second!.header).toString('hex'), '1603010002')
})

const headers = [
  { name: 'HTTP', flow: '474554202f', code: 'ERR_NOT_TLS' },
  { name: 'an SSL 2.0 hello', flow: '802e010002', code: 'ERR_NOT_TLS' },
  { name: 'one wrong byte is enough', flow: '47', code: 'ERR_NOT_TLS' },
  { name: 'another major version', flow: '160401', code: 'ERR_NOT_TLS' },
  { name: 'a content type below the known ones', flow: '1303010000', code: 'ERR_NOT_TLS' },
  { name: 'the lowest content type', flow: '1403010000', code: null },
  { name: 'the highest content type', flow: '1803010000', code: null },
  { name: 'a content type above the known ones', flow: '1903010000', code: 'ERR_NOT_TLS' },
  { name: 'SSL 3.0', flow: '1603000000', code: null },
  { name: 'a minor version of the future', flow: '1603ff0000', code: null },
]

for (const { name, flow, code } of headers) {
  t.test(`first bytes: ${name}`, async (t) => {
    const read = () => readRecord(hex(flow), 0, 'plaintext')
    if (code === null) t.ok(read())
    else t.throws(read, { name: 'HarnessError', code })
  })
}

t.test('later bytes that are no header have their own code', async (t) => {
  t.throws(() => [...readRecords(hex('1503030000 48545450'))], { code: 'ERR_RECORD_HEADER', where: 'byte 5' })
})

const limits: readonly { readonly kind: RecordKind; readonly contentType: number; readonly bytes: number }[] =
  [
    { kind: 'plaintext', contentType: 22, bytes: 2 ** 14 },
    { kind: 'plaintext', contentType: 23, bytes: 2 ** 14 + 256 },
    { kind: 'tls13', contentType: 23, bytes: 2 ** 14 + 256 },
    { kind: 'tls12', contentType: 23, bytes: 2 ** 14 + 2048 },
  ]

for (const { kind, contentType, bytes } of limits) {
  t.test(`a ${kind} record of type ${contentType} MUST NOT exceed ${bytes} bytes`, async (t) => {
    t.equal(readRecord(record(contentType, Buffer.alloc(bytes)), 0, kind)?.fragment.length, bytes)
    const tooLong = record(contentType, Buffer.alloc(bytes + 1))
    t.throws(() => readRecord(tooLong, 0, kind), { code: 'ERR_RECORD_OVERFLOW' })
    t.throws(
      () => readRecord(tooLong.subarray(0, 5), 0, kind),
      { code: 'ERR_RECORD_OVERFLOW' },
      'at the header',
    )
  })
}

t.test('the limits are those of the RFCs', async (t) => {
  t.strictSame(maxFragmentBytes, { plaintext: 16384, tls12: 18432, tls13: 16640 })
})
