import { generateKeyPairSync } from 'node:crypto'
import t from 'tap'
import { sequence, tagged } from '../../../harness/pki/asn1.ts'
import type { Certificate } from './certificate.ts'
import type { Chain } from './chain.ts'
import { certificateCodes, S_OK } from '../codes.ts'
import type { CertificateCodeName } from '../codes.ts'
import { commonName, extension, issue } from './testdata/test-pki.ts'
import { precedence, unusedFaults, verdictOf } from './verdict.ts'
import type { Circumstances } from './verdict.ts'

const NOW = 1000
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const ANY = '2.5.29.37.0'

const { publicKey } = generateKeyPairSync('ed25519')
const constrainingCa = issue({
  cn: 'constraining',
  extensions: [extension('2.5.29.30', sequence(tagged(0, sequence(tagged(4, commonName('nobody'))))))],
}).certificate
const endEntity: Certificate = {
  subject: 'CN=client',
  issuer: 'CN=ca',
  subjectDer: Buffer.from([0x30, 1, 1]),
  issuerDer: Buffer.from([0x30, 1, 2]),
  der: Buffer.from('client'),
  serialNumber: '01',
  fingerprint: '',
  notBefore: NOW - 1,
  notAfter: NOW + 1,
  extKeyUsage: [CLIENT_AUTH],
  basicConstraints: null,
  isCa: false,
  hasDigitalSignature: null,
  subjectAltNames: { userPrincipalNames: [], rfc822Names: [] },
  subjectKeyIdentifier: null,
  authorityKeyIdentifier: null,
  securityIdentifier: null,
  crlDistributionPoints: [],
  nameConstraints: null,
  unknownCriticalExtensions: [],
  isMalformed: false,
  extension: () => null,
  publicKey,
  isSignedBy: () => true,
}
const ca: Certificate = {
  ...endEntity,
  subject: 'CN=ca',
  issuer: 'CN=root',
  subjectDer: Buffer.from([0x30, 1, 2]),
  issuerDer: Buffer.from([0x30, 1, 3]),
  der: Buffer.from('ca'),
  extKeyUsage: null,
  basicConstraints: { cA: true, pathLenConstraint: null },
  isCa: true,
}
const root: Certificate = {
  ...ca,
  subject: 'CN=root',
  subjectDer: Buffer.from([0x30, 1, 3]),
  der: Buffer.from('root'),
}
/** A permitted directoryName that is nobody's here. */
const { nameConstraints } = constrainingCa

interface Changes {
  readonly client?: Partial<Certificate>
  readonly ca?: Partial<Certificate>
  readonly root?: Partial<Certificate>
  readonly chain?: Partial<Chain>
  readonly circumstances?: Partial<Circumstances>
}

const circumstancesWith = ({ circumstances }: Changes): Circumstances => ({
  nowMs: NOW,
  usagecheck: true,
  revocation: 'good',
  ...circumstances,
})

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
    ca: { issuerDer: ca.subjectDer },
    root: { basicConstraints: { cA: true, pathLenConstraint: 0 } },
    verdict: 'S_OK',
  },
  {
    name: 'usagecheck is off, and EKU is serverAuth only',
    client: { extKeyUsage: [SERVER_AUTH] },
    circumstances: { usagecheck: false },
    verdict: 'S_OK',
  },
  { name: 'revoked', circumstances: { revocation: 'revoked' }, verdict: 'CRYPT_E_REVOKED' },
  {
    name: 'a list could not be had',
    circumstances: { revocation: 'offline' },
    verdict: 'CRYPT_E_REVOCATION_OFFLINE',
  },
  { name: 'nowhere to ask', circumstances: { revocation: 'nowhere-to-ask' }, verdict: 'S_OK' },
  { name: 'keyUsage without digitalSignature', client: { hasDigitalSignature: false }, verdict: 'S_OK' },
  {
    name: 'a critical extension that nobody knows',
    client: { unknownCriticalExtensions: ['1.2.3'] },
    verdict: 'CERT_E_CRITICAL',
  },
  { name: 'an extension that nobody can read', ca: { isMalformed: true }, verdict: 'CERT_E_MALFORMED' },
  { name: 'a CA that permits other names only', ca: { nameConstraints }, verdict: 'CERT_E_INVALID_NAME' },
  { name: 'the same constraint on the end entity itself', client: { nameConstraints }, verdict: 'S_OK' },
]

for (const { name, verdict, ...changes } of single) {
  t.test(`${name}: ${verdict}`, async (t) => {
    const expected = verdict === 'S_OK' ? S_OK : certificateCodes[verdict].hresult
    t.equal(verdictOf(chainWith(changes), circumstancesWith(changes)), expected)
  })
}

/** One way to have each fault, in the order of the table; all but two can be had together with the rest. */
const faults: readonly (Changes & { readonly code: CertificateCodeName })[] = [
  { code: 'TRUST_E_CERT_SIGNATURE', chain: { signaturesHold: false } },
  { code: 'CRYPT_E_REVOKED', circumstances: { revocation: 'revoked' } },
  { code: 'CERT_E_UNTRUSTEDROOT', chain: { end: 'untrusted-root' } },
  { code: 'CERT_E_CHAINING', chain: { end: 'partial' } },
  { code: 'CERT_E_WRONG_USAGE', client: { extKeyUsage: [SERVER_AUTH] } },
  { code: 'CERT_E_EXPIRED', client: { notAfter: NOW - 1 } },
  { code: 'CERT_E_MALFORMED', client: { isMalformed: true } },
  {
    code: 'TRUST_E_BASIC_CONSTRAINTS',
    root: { basicConstraints: { cA: true, pathLenConstraint: 0 } },
  },
  { code: 'CERT_E_INVALID_NAME', ca: { nameConstraints } },
  { code: 'CERT_E_CRITICAL', client: { unknownCriticalExtensions: ['1.2.3'] } },
  { code: 'CRYPT_E_REVOCATION_OFFLINE', circumstances: { revocation: 'offline' } },
]

t.test('the table has these faults in this order', async (t) => {
  t.strictSame(
    precedence.map(({ code }) => code),
    faults.map(({ code }) => code),
  )
})

for (const [index, first] of faults.entries()) {
  for (const second of faults.slice(index + 1)) {
    // A chain has one end, and one answer about revocation.
    if ((first.chain?.end && second.chain?.end) || (first.circumstances && second.circumstances)) continue
    t.test(`${first.code} wins over ${second.code}`, async (t) => {
      const both = together(first, second)
      const [chain, circumstances] = [chainWith(both), circumstancesWith(both)]
      t.equal(verdictOf(chain, circumstances), certificateCodes[first.code].hresult)
      const reversed = [...precedence].reverse()
      const other = verdictOf(chain, circumstances, reversed)
      t.equal(other, certificateCodes[second.code].hresult, 'a table of its own')
    })
  }
}

const together = (one: Changes, other: Changes): Changes => ({
  client: { ...one.client, ...other.client },
  ca: { ...one.ca, ...other.ca },
  root: { ...one.root, ...other.root },
  chain: { ...one.chain, ...other.chain },
  circumstances: { ...one.circumstances, ...other.circumstances },
})

t.test('faults that only a table of its own has', async (t) => {
  const { noDistributionPoint, exchangeOnly } = unusedFaults
  const of = (changes: Changes) =>
    verdictOf(chainWith(changes), circumstancesWith(changes), [noDistributionPoint, exchangeOnly])
  t.equal(of({}), S_OK)
  t.equal(of({ client: { hasDigitalSignature: true } }), S_OK)
  t.equal(of({ client: { hasDigitalSignature: false } }), certificateCodes.CERT_E_WRONG_USAGE.hresult)
  const { hresult } = certificateCodes.CRYPT_E_NO_REVOCATION_CHECK
  t.equal(of({ circumstances: { revocation: 'nowhere-to-ask' } }), hresult)
})
