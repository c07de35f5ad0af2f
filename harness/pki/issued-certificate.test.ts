import t from 'tap'
import { authorities, identities, server } from '../../scenarios/identities/index.ts'
import { HarnessError } from '../model/errors.ts'
import { issuePki } from './issue.ts'
import { issuedCertificate } from './issued-certificate.ts'

const pki = await issuePki(
  { authorities, server, identities: identities.slice(0, 1) },
  { now: Date.UTC(2026, 0, 2) },
)
const { der } = pki.server.chain[0]!

t.test('a certificate cut short at any length is refused, and so is one with more behind it', async (t) => {
  const outcomes = Array.from(der, (_, length) => codeOf(der.subarray(0, length)))
  t.strictSame([...new Set(outcomes)], ['ERR_CERTIFICATE_SYNTAX'])
  t.equal(codeOf(Uint8Array.of(...der, 0)), 'ERR_CERTIFICATE_SYNTAX')
  t.equal(codeOf(der), 'no error')
})

const others = [
  { name: 'NULL', der: '0500' },
  { name: 'an empty SEQUENCE', der: '3000' },
  { name: 'a SEQUENCE of an empty SEQUENCE', der: '30023000' },
  {
    name: 'a TBSCertificate that ends after the issuer',
    der: '300b3009' + '020101' + '3000' + '3000' + '0500',
  },
] as const

for (const { name, der } of others) {
  t.test(`${name} is not a certificate`, async (t) => {
    t.throws(() => issuedCertificate(Buffer.from(der, 'hex')), {
      code: 'ERR_CERTIFICATE_SYNTAX',
      message: /^not an X\.509 certificate: /,
    })
  })
}

function codeOf(bytes: Uint8Array): string {
  try {
    issuedCertificate(bytes)
    return 'no error'
  } catch (thrown) {
    return thrown instanceof HarnessError ? thrown.code : String(thrown)
  }
}
