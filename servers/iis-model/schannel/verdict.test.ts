import { generateKeyPairSync } from 'node:crypto'
import t from 'tap'
import type { Certificate } from './certificate.ts'
import type { Chain } from './chain.ts'
import { certificateCodes, S_OK } from '../codes.ts'
import type { CertificateCodeName } from '../codes.ts'
import { precedence, verdictOf } from './verdict.ts'

const NOW = 1000
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const ANY = '2.5.29.37.0'

const { publicKey } = generateKeyPairSync('ed25519')
const endEntity: Certificate = {
  subject: 'CN=client',
  issuer: 'CN=ca',
  der: Buffer.from('client'),
  notBefore: NOW - 1,
  notAfter: NOW + 1,
  extKeyUsage: [CLIENT_AUTH],
  basicConstraints: null,
  isCa: false,
  publicKey,
  isSignedBy: () => true,
}
const ca: Certificate = {
  ...endEntity,
  subject: 'CN=ca',
  issuer: 'CN=root',
  der: Buffer.from('ca'),
  extKeyUsage: null,
  basicConstraints: { cA: true, pathLenConstraint: null },
  isCa: true,
}
const root: Certificate = { ...ca, subject: 'CN=root', der: Buffer.from('root') }

interface Changes {
  readonly client?: Partial<Certificate>
  readonly ca?: Partial<Certificate>
  readonly root?: Partial<Certificate>
  readonly chain?: Partial<Chain>
}

const chainWith = (changes: Changes): Chain => ({
  elements: [
    { ...endEntity, ...changes.client },
    { ...ca, ...changes.ca },
    { ...root, ...changes.root },
  ],
  end: 'trusted-root',
  signaturesHold: true,
  ...changes.chain,
})

/** Each pair changes one thing and stands on the two sides of a line. */
const single: readonly (Changes & {
  readonly name: string
  readonly verdict: CertificateCodeName | 'S_OK'
})[] = [
  { name: 'nothing is wrong', verdict: 'S_OK' },
  { name: 'a signature does not hold', chain: { signaturesHold: false }, verdict: 'TRUST_E_CERT_SIGNATURE' },
  { name: 'the root is not in Root', chain: { end: 'untrusted-root' }, verdict: 'CERT_E_UNTRUSTEDROOT' },
  { name: 'an issuer is nowhere', chain: { end: 'partial' }, verdict: 'CERT_E_CHAINING' },
  { name: 'EKU is absent', client: { extKeyUsage: null }, verdict: 'S_OK' },
  {
    name: 'EKU has clientAuth among others',
    client: { extKeyUsage: [SERVER_AUTH, CLIENT_AUTH] },
    verdict: 'S_OK',
  },
  { name: 'EKU is anyExtendedKeyUsage', client: { extKeyUsage: [ANY] }, verdict: 'S_OK' },
  { name: 'EKU is serverAuth only', client: { extKeyUsage: [SERVER_AUTH] }, verdict: 'CERT_E_WRONG_USAGE' },
  { name: 'EKU is empty', client: { extKeyUsage: [] }, verdict: 'CERT_E_WRONG_USAGE' },
  { name: 'a CA with EKU clientAuth', ca: { extKeyUsage: [CLIENT_AUTH] }, verdict: 'S_OK' },
  {
    name: 'a CA with EKU serverAuth only',
    ca: { extKeyUsage: [SERVER_AUTH] },
    verdict: 'CERT_E_WRONG_USAGE',
  },
  { name: 'the last moment of its validity', client: { notAfter: NOW }, verdict: 'S_OK' },
  { name: 'expired by a millisecond', client: { notAfter: NOW - 1 }, verdict: 'CERT_E_EXPIRED' },
  { name: 'the first moment of its validity', client: { notBefore: NOW }, verdict: 'S_OK' },
  { name: 'a millisecond too early', client: { notBefore: NOW + 1 }, verdict: 'CERT_E_EXPIRED' },
  { name: 'a time that nobody can read', client: { notAfter: NaN }, verdict: 'CERT_E_EXPIRED' },
  { name: 'an expired CA', ca: { notAfter: NOW - 1 }, verdict: 'CERT_E_EXPIRED' },
  { name: 'an expired root', root: { notAfter: NOW - 1 }, verdict: 'CERT_E_EXPIRED' },
  {
    name: 'an issuer that is not a CA',
    ca: { basicConstraints: { cA: false, pathLenConstraint: null } },
    verdict: 'TRUST_E_BASIC_CONSTRAINTS',
  },
  {
    name: 'an issuer without the extension',
    ca: { basicConstraints: null },
    verdict: 'TRUST_E_BASIC_CONSTRAINTS',
  },
  { name: 'an issuer without keyCertSign', ca: { isCa: false }, verdict: 'TRUST_E_BASIC_CONSTRAINTS' },
  { name: 'a trusted root of version 1', root: { basicConstraints: null, isCa: false }, verdict: 'S_OK' },
  {
    name: 'an intermediate with pathLenConstraint 0',
    ca: { basicConstraints: { cA: true, pathLenConstraint: 0 } },
    verdict: 'S_OK',
  },
  {
    name: 'one intermediate under pathLenConstraint 1',
    root: { basicConstraints: { cA: true, pathLenConstraint: 1 } },
    verdict: 'S_OK',
  },
  {
    name: 'one intermediate under pathLenConstraint 0',
    root: { basicConstraints: { cA: true, pathLenConstraint: 0 } },
    verdict: 'TRUST_E_BASIC_CONSTRAINTS',
  },
  {
    name: 'a self-issued intermediate under pathLenConstraint 0 is not counted (RFC 5280 §4.2.1.9)',
    ca: { issuer: 'CN=ca' },
    root: { basicConstraints: { cA: true, pathLenConstraint: 0 } },
    verdict: 'S_OK',
  },
]

for (const { name, verdict, ...changes } of single) {
  t.test(`${name}: ${verdict}`, async (t) => {
    const expected = verdict === 'S_OK' ? S_OK : certificateCodes[verdict].hresult
    t.equal(verdictOf(chainWith(changes), NOW), expected)
  })
}

/** One way to have each fault, in the order of the table; each but the first two can be had together with the rest. */
const faults: readonly (Changes & { readonly code: CertificateCodeName })[] = [
  { code: 'TRUST_E_CERT_SIGNATURE', chain: { signaturesHold: false } },
  { code: 'CERT_E_UNTRUSTEDROOT', chain: { end: 'untrusted-root' } },
  { code: 'CERT_E_CHAINING', chain: { end: 'partial' } },
  { code: 'CERT_E_WRONG_USAGE', client: { extKeyUsage: [SERVER_AUTH] } },
  { code: 'CERT_E_EXPIRED', ca: { notAfter: NOW - 1 } },
  {
    code: 'TRUST_E_BASIC_CONSTRAINTS',
    root: { basicConstraints: { cA: true, pathLenConstraint: 0 } },
  },
]

t.test('the table has these faults in this order', async (t) => {
  t.strictSame(
    precedence.map(({ code }) => code),
    faults.map(({ code }) => code),
  )
})

for (const [index, first] of faults.entries()) {
  for (const second of faults.slice(index + 1)) {
    // A chain has one end.
    if (first.chain?.end && second.chain?.end) continue
    t.test(`${first.code} wins over ${second.code}`, async (t) => {
      const chain = chainWith({ ...second, ...first, chain: { ...second.chain, ...first.chain } })
      t.equal(verdictOf(chain, NOW), certificateCodes[first.code].hresult)
      const reversed = [...precedence].reverse()
      t.equal(verdictOf(chain, NOW, reversed), certificateCodes[second.code].hresult, 'a table of its own')
    })
  }
}
