import type { X509Certificate } from 'node:crypto'
import t from 'tap'
import { certificateCodes, S_OK } from '../codes.ts'
import { sslCertDefaults } from '../http-sys/ssl-cert.ts'
import type { SslCert } from '../http-sys/ssl-cert.ts'
import { ClientCertificateJudge } from './client-certificate-judge.ts'
import type { JudgeOptions } from './client-certificate-judge.ts'
import { RevocationChecker } from './revocation-checker.ts'
import { distributionPoint } from './testdata/distribution-point.ts'
import { generalNames, userPrincipalName } from './testdata/general-names.ts'
import { testMachine } from './testdata/test-machine.ts'
import { crlOf, DAY_MS, extension, issue } from './testdata/test-pki.ts'
import { unusedFaults } from './verdict.ts'

const root = issue({ cn: 'root', ca: true })
const client = issue({
  cn: 'client',
  by: root,
  extensions: [extension('2.5.29.17', generalNames(userPrincipalName('alice@example.org')))],
})
const machine = testMachine({ stores: { Root: [root] } })

function judge(sslCert: Partial<SslCert> = {}, changes: Partial<JudgeOptions> = {}): ClientCertificateJudge {
  return new ClientCertificateJudge({
    machine,
    sslCert: { ...sslCertDefaults, ...sslCert },
    revocation: new RevocationChecker(),
    now: Date.now,
    ...changes,
  })
}

t.test('a good certificate, with its chain', async (t) => {
  const { certificate, chain, verdict, directoryUser } = await judge().judge([client.x509])
  t.equal(certificate?.subject, 'CN=client')
  t.strictSame(
    chain.map(({ subject }) => subject),
    ['CN=client', 'CN=root'],
  )
  t.strictSame([verdict, directoryUser], [S_OK, null])
})

t.test('the verdict depends on the moment', async (t) => {
  const late = judge({}, { now: () => Date.now() + 90 * DAY_MS })
  t.match(await late.judge([client.x509]), { verdict: certificateCodes.CERT_E_EXPIRED.hresult })
})

t.test('the verdict depends on the table', async (t) => {
  const strict = judge({}, { faults: [unusedFaults.noDistributionPoint] })
  const { hresult } = certificateCodes.CRYPT_E_NO_REVOCATION_CHECK
  t.match(await strict.judge([client.x509]), { verdict: hresult })
})

t.test('the verdict depends on the list of the distribution point', async (t) => {
  await using server = await distributionPoint()
  const issued = issue({ cn: 'client', by: root, crl: [server.url('/crl')] })
  const { CRYPT_E_REVOKED, CRYPT_E_REVOCATION_OFFLINE } = certificateCodes
  const verdictNow = async (sslCert: Partial<SslCert> = {}) =>
    (await judge(sslCert).judge([issued.x509])).verdict
  t.equal(await verdictNow(), CRYPT_E_REVOCATION_OFFLINE.hresult)
  t.equal(await verdictNow({ verifyclientcertrevocation: false }), S_OK)
  server.serve('/crl', crlOf({ by: root }))
  t.equal(await verdictNow(), S_OK)
  server.serve('/crl', crlOf({ by: root, revoked: [issued] }))
  t.equal(await verdictNow(), CRYPT_E_REVOKED.hresult)
})

t.test('the user of the directory: for a good certificate, and where the binding maps', async (t) => {
  const account = String.raw`EXAMPLE\alice`
  const user = {
    account,
    userPrincipalName: 'alice@example.org',
    altSecurityIdentities: [],
    objectSid: 'S-1-5-1',
  }
  const inDomain = {
    ...testMachine({ stores: { Root: [root] }, registry: { CertificateMappingMethods: 0x1f } }),
    directory: { users: [user], ntAuth: [root.certificate], strongCertificateBindingEnforcement: 0 as const },
  }
  const mapping = { dsmapperusage: true }
  t.match(await judge(mapping, { machine: inDomain }).judge([client.x509]), { directoryUser: account })
  t.match(await judge({}, { machine: inDomain }).judge([client.x509]), { directoryUser: null })
  const late = judge(mapping, { machine: inDomain, now: () => Date.now() + 90 * DAY_MS })
  t.match(await late.judge([client.x509]), { directoryUser: null })
})

const malformed = { certificate: null, chain: [], verdict: 0x800b0108, directoryUser: null }

t.test('what nobody can make sense of is malformed, and nobody falls over', async (t) => {
  const raw = { value: Buffer.from('no certificate') }
  const broken = Object.create(client.x509, { raw }) as X509Certificate
  t.strictSame(await judge().judge([broken]), malformed)
  t.strictSame(await judge().judge([client.x509, broken]), malformed)
  t.strictSame(await judge().judge([]), malformed)
})
