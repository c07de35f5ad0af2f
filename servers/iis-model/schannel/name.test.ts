import t from 'tap'
import { attribute, element, name, sequence } from '../mapping/testdata/certificates.ts'
import type { NamePart } from '../mapping/testdata/certificates.ts'
import { readName } from './name.ts'

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

const strings: readonly { readonly name: string; readonly part: NamePart; readonly value: string | null }[] =
  [
    { name: 'UTF8String', part: ['CN', 'Zoë', 0x0c], value: 'Zoë' },
    { name: 'UTF8String that is none', part: ['CN', Buffer.from([0xff, 0x41]), 0x0c], value: '\ufffdA' },
    { name: 'PrintableString', part: ['CN', 'Alice', 0x13], value: 'Alice' },
    { name: 'T61String', part: ['CN', Buffer.from([0x5a, 0x6f, 0xeb]), 0x14], value: 'Zoë' },
    { name: 'IA5String', part: ['E', 'a@b.test', 0x16], value: 'a@b.test' },
    { name: 'BMPString', part: ['CN', utf16be('Zoë'), 0x1e], value: 'Zoë' },
    { name: 'BMPString with half a character', part: ['CN', Buffer.from([0, 0x41, 0]), 0x1e], value: 'A' },
    { name: 'UniversalString', part: ['CN', Buffer.from([0, 1, 0xf6, 0]), 0x1c], value: '😀' },
    {
      name: 'UniversalString beyond Unicode',
      part: ['CN', Buffer.from([255, 255, 255, 255]), 0x1c],
      value: '\ufffd',
    },
    { name: 'an INTEGER', part: ['CN', Buffer.from([1]), 0x02], value: null },
    { name: 'an empty string', part: ['CN', '', 0x0c], value: '' },
  ]

for (const { name: title, part, value } of strings) {
  t.test(`reads ${title}`, async (t) => {
    t.equal(readName(name(part))?.[0]?.[0]?.text, value)
  })
}

const types = [
  { type: 'CN', oid: '2.5.4.3', shortName: 'CN' },
  { type: 'GN', oid: '2.5.4.42', shortName: 'G' },
  { type: '2.5.4.5', oid: '2.5.4.5', shortName: 'SERIALNUMBER' },
  { type: '2.5.4.9', oid: '2.5.4.9', shortName: 'STREET' },
  { type: '1.2.840.1', oid: '1.2.840.1', shortName: null },
] as const

for (const { type, oid, shortName } of types) {
  t.test(`the type ${type} is ${shortName ?? 'one without a name'}`, async (t) => {
    t.match(readName(name([type, 'x'])), [[{ type: oid, shortName, text: 'x', contents: Buffer.from('x') }]])
  })
}

const none = [
  { title: 'nothing', der: Buffer.alloc(0) },
  { title: 'a SET', der: element(0x31) },
  { title: 'a SEQUENCE in the place of a SET', der: sequence(sequence()) },
  { title: 'an attribute without a value', der: sequence(element(0x31, sequence(element(0x06, 'U')))) },
  {
    title: 'an attribute with two values',
    der: sequence(element(0x31, sequence(element(0x06, 'U'), element(0x0c, 'a'), element(0x0c, 'b')))),
  },
  { title: 'bytes behind it', der: Buffer.concat([name(['CN', 'a']), Buffer.of(0)]) },
] as const

for (const { title, der } of none) {
  t.test(`no name: ${title}`, async (t) => t.equal(readName(der), null))
}

t.test('several attributes in one, and an empty name', async (t) => {
  const two = sequence(element(0x31, attribute(['CN', 'a']), attribute(['OU', 'b'])))
  t.strictSame(
    readName(two)?.map((rdn) => rdn.map(({ shortName }) => shortName)),
    [['CN', 'OU']],
  )
  t.strictSame(readName(sequence()), [])
})

t.test(
  'a name cut short at any byte, or with a byte changed, is none or another and never throws',
  async (t) => {
    const whole = name(['C', 'US', 0x13], ['O', 'Contoso'], ['CN', utf16be('alice'), 0x1e])
    for (let length = 0; length < whole.length; length++) t.equal(readName(whole.subarray(0, length)), null)
    for (let at = 0; at < whole.length; at++) {
      for (const byte of [0, 1, 0x30, 0x7f, 0x80, 0x84, 0xff]) {
        const changed = Buffer.from(whole)
        changed[at] = byte
        t.doesNotThrow(() => readName(changed))
      }
    }
  },
)

t.test('a name of many attributes is read in one go', async (t) => {
  const many = name(...Array.from({ length: 20_000 }, (_, i): NamePart => ['OU', `unit ${i}`]))
  t.equal(readName(many)?.length, 20_000)
})
