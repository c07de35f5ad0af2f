import t from 'tap'
import { decodePem, encodePem, singleLineBase64 } from './encode.ts'

const der = Uint8Array.from({ length: 100 }, (_, index) => index)

t.test('PEM has lines of at most 64 characters and ends with a newline', async (t) => {
  const lines = encodePem('CERTIFICATE', der).split('\n')
  t.equal(lines[0], '-----BEGIN CERTIFICATE-----')
  t.strictSame(
    lines.slice(1, -2).map(({ length }) => length),
    [64, 64, 8],
  )
  t.equal(lines.at(-2), '-----END CERTIFICATE-----')
  t.equal(lines.at(-1), '')
})

t.test('PEM gives back the DER, with CRLF and text around the blocks too', async (t) => {
  const other = Uint8Array.of(1, 2, 3)
  const crl = encodePem('X509 CRL', other)
  const text = `subject=CN = a\n${encodePem('CERTIFICATE', der)}${crl}\n${encodePem('CERTIFICATE', other)}`
  t.strictSame(decodePem('CERTIFICATE', text), [der, other])
  t.strictSame(decodePem('CERTIFICATE', text.replaceAll('\n', '\r\n')), [der, other])
  t.strictSame(decodePem('X509 CRL', text), [other])
})

t.test('text without a whole block holds no certificate', async (t) => {
  t.strictSame(decodePem('CERTIFICATE', encodePem('CERTIFICATE', der).slice(0, -5)), [])
  t.strictSame(decodePem('CERTIFICATE', ''), [])
})

t.test('base64 for IIS has neither armour nor line break', async (t) => {
  t.match(singleLineBase64(der), /^[A-Za-z0-9+/]+={0,2}$/)
})
