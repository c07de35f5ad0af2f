import t from 'tap'
import { nameText } from './name-text.ts'
import { readName } from './name.ts'
import { attribute, element, name, sequence } from './testdata/certificates.ts'
import type { NamePart } from './testdata/certificates.ts'

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
    t.equal(readName(name(part))?.[0]?.[0]?.value, value)
  })
}

const several = element(0x31, attribute(['CN', 'a']), attribute(['OU', 'b']))

const texts = [
  {
    title: 'in the order of encoding',
    der: name(['DC', 'com'], ['DC', 'contoso'], ['CN', 'CA']),
    text: 'DC=com,DC=contoso,CN=CA',
  },
  {
    title: 'Microsoft names S and E',
    der: name(['S', 'Texas'], ['E', 'a@b.test']),
    text: 'S=Texas,E=a@b.test',
  },
  { title: 'an unknown type', der: name(['1.2.840.1', 'x']), text: 'OID.1.2.840.1=x' },
  { title: 'a comma is quoted', der: name(['O', 'Contoso, Inc']), text: 'O="Contoso, Inc"' },
  { title: 'quotes are doubled', der: name(['O', 'a "b"']), text: 'O="a ""b"""' },
  { title: 'no value makes a second form', der: name(['CN', 'a<S>CN=b']), text: 'CN="a<S>CN=b"' },
  { title: 'line breaks become commas', der: name(['CN', 'a\r\nb']), text: 'CN="a,,b"' },
  { title: 'several attributes in one', der: sequence(several), text: 'CN=a + OU=b' },
  { title: 'an empty name', der: name(), text: '' },
  { title: 'no name', der: Buffer.from([0x31, 0]), text: null },
] as const

for (const { title, der, text } of texts) {
  t.test(`as text: ${title}`, async (t) => {
    t.equal(nameText(der), text)
  })
}

t.test(
  'a name cut short at any byte, or with a byte changed, is none or another and never throws',
  async (t) => {
    const whole = name(['C', 'US', 0x13], ['O', 'Contoso'], ['CN', utf16be('alice'), 0x1e])
    for (let length = 0; length < whole.length; length++) t.equal(readName(whole.subarray(0, length)), null)
    for (let at = 0; at < whole.length; at++) {
      for (const byte of [0, 1, 0x30, 0x7f, 0x80, 0x84, 0xff]) {
        const changed = Buffer.from(whole)
        changed[at] = byte
        t.doesNotThrow(() => nameText(changed))
      }
    }
  },
)

t.test('a name of many attributes is read in one go', async (t) => {
  const many = name(...Array.from({ length: 20_000 }, (_, i): NamePart => ['OU', `unit ${i}`]))
  t.equal(readName(many)?.length, 20_000)
})
