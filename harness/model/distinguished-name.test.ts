import t from 'tap'
import { distinguishedNameText } from './distinguished-name.ts'

const bytes = (hex: string) => Buffer.from(hex, 'hex')

/** A DER element; contents up to 255 bytes. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const length = content.length < 0x80 ? [content.length] : [0x81, content.length]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

const attribute = (oid: string, tag: number, value: Uint8Array) =>
  der(0x30, der(0x06, bytes(oid)), der(tag, value))
const commonName = (tag: number, value: Uint8Array) => der(0x30, der(0x31, attribute('550403', tag, value)))
const utf8Name = (value: string) => commonName(0x0c, Buffer.from(value))
const utf16be = (value: string) => Buffer.from(value, 'utf16le').swap16()

// Texts marked `openssl` are the output of OpenSSL 3.0.19, `-nameopt RFC2253,-esc_msb,utf8`, for the same bytes.
const names = [
  {
    name: 'the most specific RDN comes first (openssl)',
    der: bytes(
      '3068310b3009060355040613024445310f300d06035504080c0642617965726e3111300f06035504070c084dc3bc6e6368656e31143012060355040a0c0b436f756e7465727369676e310d300b060355040b0c04546573743110300e06035504030c07636f7272656374',
    ),
    text: 'CN=correct,OU=Test,O=Countersign,L=München,ST=Bayern,C=DE',
  },
  {
    name: 'DC and UID (openssl)',
    der: bytes(
      '303131173015060a0992268993f22c64011916076578616d706c6531163014060a0992268993f22c6401010c066a736d697468',
    ),
    text: 'UID=jsmith,DC=example',
  },
  {
    name: 'emailAddress, our extension of the RFC (openssl)',
    der: bytes('301e311c301a06092a864886f70d010901160d61406578616d706c652e636f6d'),
    text: 'emailAddress=a@example.com',
  },
  {
    name: 'a multi-valued RDN (openssl)',
    der: bytes('30223114300806035504030c01613008060355040b0c0162310a3008060355040a0c0163'),
    text: 'O=c,OU=b+CN=a',
  },
  {
    name: 'STREET, which OpenSSL spells in lower case',
    der: bytes('300f310d300b06035504090c044d61696e'),
    text: 'STREET=Main',
  },
  {
    name: 'a type without a keyword is a dotted OID with a hex value (openssl)',
    der: bytes('300c310a300806032a03040c0178'),
    text: '1.2.3.4=#0C0178',
  },
  {
    name: 'an arc above 2^64',
    der: der(0x30, der(0x31, attribute('6982ffffffffffffffffff01', 0x05, Buffer.alloc(0)))),
    text: '2.25.3541774862152233910145=#0500',
  },
  { name: 'the empty name', der: bytes('3000'), text: '' },
  { name: 'an empty value (openssl)', der: utf8Name(''), text: 'CN=' },
  {
    name: 'every character of RFC 4514 §2.4 (openssl)',
    der: utf8Name('a,b+c"d\\e<f>g;h=i#j'),
    text: 'CN=a\\,b\\+c\\"d\\\\e\\<f\\>g\\;h=i#j',
  },
  { name: 'a number sign at the start (openssl)', der: utf8Name('#start'), text: 'CN=\\#start' },
  { name: 'spaces at both ends (openssl)', der: utf8Name('  two  '), text: 'CN=\\  two \\ ' },
  { name: 'one space alone (openssl)', der: utf8Name(' '), text: 'CN=\\ ' },
  {
    name: 'control characters (openssl)',
    der: utf8Name('a\nb\0c\x1b[31m\x7f'),
    text: 'CN=a\\0Ab\\00c\\1B[31m\\7F',
  },
  { name: 'C1 control characters', der: utf8Name('a\u009bb'), text: 'CN=a\\C2\\9Bb' },
  {
    name: 'bidi controls',
    der: utf8Name('a\u202e\u2066\u200fb'),
    text: 'CN=a\\E2\\80\\AE\\E2\\81\\A6\\E2\\80\\8Fb',
  },
  { name: 'line separators', der: utf8Name('a\u2028b'), text: 'CN=a\\E2\\80\\A8b' },
  { name: 'a byte order mark is kept', der: utf8Name('\ufeffa'), text: 'CN=\ufeffa' },
  { name: 'PrintableString', der: commonName(0x13, Buffer.from('a')), text: 'CN=a' },
  { name: 'IA5String', der: commonName(0x16, Buffer.from('a')), text: 'CN=a' },
  {
    name: 'TeletexString as Latin-1 (openssl)',
    der: commonName(0x14, bytes('4dfc6c6c6572')),
    text: 'CN=Müller',
  },
  { name: 'BMPString (openssl)', der: commonName(0x1e, utf16be('Žluťoučký')), text: 'CN=Žluťoučký' },
  { name: 'BMPString is escaped too (openssl)', der: commonName(0x1e, utf16be('a,b')), text: 'CN=a\\,b' },
  { name: 'UniversalString (openssl)', der: commonName(0x1c, bytes('0001f600')), text: 'CN=😀' },
  { name: 'a value of another type (openssl)', der: commonName(0x03, bytes('00ff')), text: 'CN=#030200FF' },
  { name: 'UTF8String that is not UTF-8', der: commonName(0x0c, bytes('ff')), text: 'CN=#0C01FF' },
  { name: 'BMPString with half a character', der: commonName(0x1e, bytes('0061ff')), text: 'CN=#1E030061FF' },
  { name: 'BMPString with a lone surrogate', der: commonName(0x1e, bytes('d800')), text: 'CN=#1E02D800' },
  {
    name: 'UniversalString beyond Unicode',
    der: commonName(0x1c, bytes('00110000')),
    text: 'CN=#1C0400110000',
  },
]

for (const { name, der, text } of names) {
  t.test(name, async (t) => t.equal(distinguishedNameText(der), text))
}

const notNames = [
  { name: 'nothing', hex: '' },
  { name: 'a tag alone', hex: '30' },
  { name: 'another type', hex: '0403616263' },
  { name: 'bytes after the name', hex: '300000' },
  { name: 'an RDN that is no SET', hex: '300c300a300806035504030c0161' },
  { name: 'an empty RDN', hex: '30023100' },
  { name: 'an attribute without a value', hex: '30093107300506035504 03'.replace(' ', '') },
  { name: 'an attribute with a third element', hex: '300e310c300a06035504030c01610500' },
  { name: 'a length beyond the end', hex: '300c310a300806035504030c0261' },
  { name: 'an indefinite length', hex: '30800000' },
  { name: 'a length that is not the shortest', hex: '30810c310a300806035504030c0161' },
  {
    name: 'a length with a leading zero',
    hex: `3082008731818430818106035504030c7a${'61'.repeat(122)}`,
  },
  { name: 'an OID that is cut short', hex: '300b3109300706022a830c0161' },
  { name: 'an OID with a padded arc', hex: '300c310a300806032a80010c0161' },
  { name: 'an empty OID', hex: '3009310730050600 0c0161'.replace(' ', '') },
]

for (const { name, hex } of notNames) {
  t.test(`not a DER Name: ${name}`, async (t) => {
    t.equal(distinguishedNameText(bytes(hex)), `#${hex.toUpperCase()}`)
  })
}

t.test('a name cut short at any byte gives its bytes', async (t) => {
  const whole = names[0]!.der
  for (let length = 0; length < whole.length; length++) {
    const cut = whole.subarray(0, length)
    t.equal(distinguishedNameText(cut), `#${cut.toString('hex').toUpperCase()}`)
  }
})
