import t from 'tap'
import { readMappedCertificate } from './mapped-certificate.ts'
import { certificateDer, element, sequence } from './testdata/certificates.ts'

const EOD = 0x80093102
const BADTAG = 0x8009310b

const der = certificateDer()
const base64 = der.toString('base64')
const lines = base64.match(/.{1,64}/g) ?? []
const changed = (at: number, byte: number): string => {
  const other = Buffer.from(der)
  other[at] = byte
  return other.toString('base64')
}
/** Where TBSCertificate starts: behind the outer tag and length. */
const TBS = der.indexOf(0x30, 1)

const malformed = [
  { name: 'empty', text: '', hresult: EOD },
  { name: 'the last character missing', text: base64.replace(/.=*$/, ''), hresult: EOD },
  { name: 'the first character missing', text: base64.slice(1), hresult: BADTAG },
  { name: 'half of it', text: base64.slice(0, base64.length / 2), hresult: EOD },
  { name: 'one character', text: 'M', hresult: EOD },
  { name: 'line breaks', text: lines.join('\n'), hresult: EOD },
  { name: 'line breaks as the XML reader leaves them', text: lines.join(' '), hresult: EOD },
  { name: 'a blank before it', text: ` ${base64}`, hresult: EOD },
  {
    name: 'PEM armour',
    text: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----`,
    hresult: EOD,
  },
  { name: 'no base64 at all', text: '!!!', hresult: EOD },
  { name: 'a word', text: 'certificate', hresult: BADTAG },
  { name: 'hex', text: der.toString('hex'), hresult: BADTAG },
  { name: 'another first tag', text: changed(0, 0x31), hresult: BADTAG },
  { name: 'another inner tag', text: changed(TBS, 0x31), hresult: BADTAG },
  { name: 'an inner length too long', text: changed(TBS + 1, 0x83), hresult: EOD },
  { name: 'an indefinite length', text: changed(1, 0x80), hresult: BADTAG },
  {
    name: 'a public key alone',
    text: sequence(sequence(), element(0x03, 'x')).toString('base64'),
    hresult: BADTAG,
  },
] as const

for (const { name, text, hresult } of malformed) {
  t.test(`malformed: ${name}`, async (t) => {
    t.strictSame(readMappedCertificate(text), { kind: 'malformed', hresult })
  })
}

const readable = [
  { name: 'in one line', text: base64, der },
  { name: 'without padding', text: base64.replace(/=*$/, ''), der },
  { name: 'a line break behind it', text: `${base64.replace(/=*$/, '')}\n`, der },
  {
    name: 'another byte in the signature',
    text: changed(der.length - 1, 2),
    der: Buffer.from([...der.subarray(0, -1), 2]),
  },
  {
    name: 'bytes behind the certificate',
    text: Buffer.from([...der, 0, 0]).toString('base64'),
    der: Buffer.from([...der, 0, 0]),
  },
]

for (const { name, text, der } of readable) {
  t.test(`readable: ${name}`, async (t) => {
    t.strictSame(readMappedCertificate(text), { kind: 'readable', der })
  })
}

t.test('cut short at any byte it is malformed, and too short is what it is', async (t) => {
  for (let length = 0; length < der.length; length++) {
    const result = readMappedCertificate(der.subarray(0, length).toString('base64'))
    t.strictSame(result, { kind: 'malformed', hresult: EOD }, `${length} bytes`)
  }
})

t.test('any byte may be wrong, and nothing throws', async (t) => {
  for (let at = 0; at < der.length; at++) {
    for (const byte of [0, 0x30, 0x80, 0x84, 0xff])
      t.doesNotThrow(() => readMappedCertificate(changed(at, byte)))
  }
})

t.test('megabytes are read too', async (t) => {
  t.match(readMappedCertificate('A'.repeat(4_000_000)), { kind: 'malformed', hresult: BADTAG })
})
