import t from 'tap'
import { nameText } from './name-text.ts'

/** `31 0b 30 09 06 03 550406 13 02 5553` and so on, by hand. */
const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}
const attribute = (oid: string, tag: number, value: Uint8Array) =>
  tlv(0x30, tlv(0x06, Buffer.from(oid, 'hex')), tlv(tag, value))
const rdn = (...attributes: readonly Uint8Array[]) => tlv(0x31, ...attributes)
const ascii = (text: string) => Buffer.from(text)

const country = rdn(attribute('550406', 0x13, ascii('US')))
const names = [
  { name: 'no name', der: tlv(0x30), text: '' },
  {
    name: 'the order of encoding, a keyword for each type',
    der: tlv(
      0x30,
      country,
      rdn(attribute('550408', 0x13, ascii('WA'))),
      rdn(attribute('55040a', 0x13, ascii('Msft, Inc.'))),
      rdn(attribute('2a864886f70d010901', 0x16, ascii('a@b'))),
    ),
    text: 'C=US, S=WA, O=Msft, Inc., E=a@b',
  },
  {
    name: 'ASP calls a given name GN, where CertNameToStr says G',
    der: tlv(0x30, rdn(attribute('55042a', 0x13, ascii('Alice')))),
    text: 'GN=Alice',
  },
  {
    name: 'several attributes in one relative name, and a type without a keyword',
    der: tlv(
      0x30,
      rdn(attribute('550403', 0x0c, ascii('a')), attribute('2b0601040182371502', 0x0c, ascii('b'))),
    ),
    text: 'CN=a + OID.1.3.6.1.4.1.311.21.2=b',
  },
  {
    name: 'the string types',
    der: tlv(
      0x30,
      rdn(attribute('550403', 0x0c, ascii('é€'))),
      rdn(attribute('550403', 0x14, Buffer.from('é', 'latin1'))),
      rdn(attribute('550403', 0x1e, Buffer.from('00e920ac41', 'hex'))),
      rdn(attribute('550403', 0x04, Buffer.from('ff', 'hex'))),
    ),
    text: 'CN=é€, CN=é, CN=é€, CN=#ff',
  },
  {
    name: 'controls, bidirectional characters and bytes that are no UTF-8',
    der: tlv(
      0x30,
      rdn(attribute('550403', 0x0c, Buffer.from('a\r\n\0\u202e<b>', 'utf8'))),
      rdn(attribute('550403', 0x0c, Buffer.from('ff', 'hex'))),
    ),
    text: 'CN=a\\u000D\\u000A\\u0000\\u202E<b>, CN=\ufffd',
  },
  {
    name: 'a value of 32 kB',
    der: tlv(0x30, rdn(attribute('550403', 0x0c, Buffer.alloc(32_768, 'a')))),
    text: `CN=${'a'.repeat(32_768)}`,
  },
  {
    name: 'an object identifier that never ends',
    der: tlv(0x30, rdn(attribute('ff'.repeat(4000), 0x0c, ascii('a')))),
    text: '',
  },
  { name: 'a set that is none', der: tlv(0x30, tlv(0x30)), text: '' },
  {
    name: 'an attribute without a value',
    der: tlv(0x30, rdn(tlv(0x30, tlv(0x06, Buffer.from('550403', 'hex'))))),
    text: '',
  },
  { name: 'bytes behind it', der: Buffer.concat([tlv(0x30, country), ascii('x')]), text: '' },
  { name: 'an indefinite length', der: Buffer.from('30800000', 'hex'), text: '' },
] as const

for (const { name, der, text } of names) {
  t.test(name, async (t) => {
    t.equal(nameText(der), text)
  })
}

t.test('a name that is cut off anywhere is no name', async (t) => {
  const whole = tlv(0x30, country, rdn(attribute('550403', 0x0c, ascii('alice'))))
  for (let length = 0; length < whole.length; length++) t.equal(nameText(whole.subarray(0, length)), '')
})
