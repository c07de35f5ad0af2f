import { createPublicKey, X509Certificate } from 'node:crypto'
import t from 'tap'
import { authorities, identities, server } from '../../scenarios/identities/index.ts'
import type { CertificateSpec, Identity, IdentitySpec, KeySpec } from '../model/identity.ts'
import { issuePki } from './issue.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const now = Date.UTC(2026, 4, 6, 7, 8, 9)
const pki = await issuePki({ authorities, server, identities }, { now })
const all = [pki.server, ...pki.identities.values()]
const certificates = [
  ...Object.values(pki.authorities).map(({ certificate }) => certificate),
  ...all.flatMap(({ chain }) => chain),
]

const endEntityOf = (identity: Identity | undefined) => new X509Certificate(identity!.chain[0]!.der)

t.test('all authorities and all identities are there, in the order of their specifications', async (t) => {
  t.strictSame(Object.keys(pki.authorities).sort(), authorities.map(({ name }) => name).sort())
  t.strictSame(
    [...pki.identities.keys()],
    identities.map(({ name }) => name),
  )
})

t.test('every certificate is signed by the authority that its specification names', async (t) => {
  for (const spec of [...authorities, server, ...identities]) {
    if (!spec.certificate) continue
    const issued =
      'chain' in spec
        ? endEntityOf(all.find(({ name }) => name === spec.name))
        : new X509Certificate(pki.authorities[spec.name].certificate.der)
    const { issuer } = spec.certificate
    const issuerCertificate =
      issuer === 'self' ? issued : new X509Certificate(pki.authorities[issuer].certificate.der)
    t.ok(issued.verify(issuerCertificate.publicKey), `${spec.name}: signature`)
    // An end entity's keyUsage does not let it issue, not even itself.
    if (spec.name === 'self-signed') t.equal(issued.issuer, issued.subject, spec.name)
    else t.ok(issued.checkIssued(issuerCertificate), `${spec.name}: names and key identifiers`)
  }
})

t.test('every key is that of its end entity certificate, and nobody else has it', async (t) => {
  const keys = new Set<string>()
  for (const identity of all.filter(({ chain }) => chain.length > 0)) {
    const { publicKey } = endEntityOf(identity)
    t.ok(createPublicKey(identity.keyPem!).equals(publicKey), identity.name)
    keys.add(identity.keyPem!)
  }
  t.equal(keys.size, all.length - 1, 'all but missing')
})

t.test('missing has neither chain nor key', async (t) => {
  const { chain, chainPem, keyPem } = pki.identities.get('missing')!
  t.strictSame({ chain, chainPem, keyPem }, { chain: [], chainPem: '', keyPem: null })
})

t.test('via-intermediate sends the intermediate, missing-intermediate does not', async (t) => {
  const intermediate = pki.authorities['intermediate-a'].certificate
  t.strictSame(pki.identities.get('via-intermediate')?.chain.slice(1), [intermediate])
  t.equal(pki.identities.get('missing-intermediate')?.chain.length, 1)
  t.equal(pki.identities.get('missing-intermediate')?.chain[0]?.issuer, intermediate.subject)
})

t.test('chainPem is the PEM blocks of the chain, end entity first', async (t) => {
  for (const { name, chain, chainPem } of all) {
    t.equal(chainPem, chain.map(({ der }) => new X509Certificate(der).toString()).join(''), name)
  }
})

t.test('serial numbers are random, positive, and 16 octets', async (t) => {
  for (const { serialNumber } of certificates) t.match(serialNumber, /^[4-7][0-9a-f]{31}$/)
  const intermediateTwice = 1
  t.equal(
    new Set(certificates.map(({ serialNumber }) => serialNumber)).size,
    certificates.length - intermediateTwice,
  )
})

t.test('what is said of a certificate is what node:crypto reads in it', async (t) => {
  for (const { der, pem, subject, issuer, serialNumber } of certificates) {
    const read = new X509Certificate(der)
    const [o, cn] = read.subject.split('\n')
    t.equal(subject, `${cn!},${o!}`)
    t.equal(issuer, read.issuer.split('\n').reverse().join(','))
    t.equal(serialNumber, read.serialNumber.toLowerCase())
    t.equal(pem, read.toString())
  }
})

t.test('validity counts from the given moment', async (t) => {
  for (const spec of identities) {
    if (!spec.certificate) continue
    const { validFrom, validTo } = endEntityOf(pki.identities.get(spec.name))
    t.equal(Date.parse(validFrom), now + spec.certificate.validityDays.notBefore * DAY_MS, spec.name)
    t.equal(Date.parse(validTo), now + spec.certificate.validityDays.notAfter * DAY_MS, spec.name)
  }
})

t.test('a certificate that outlives 2049 is dated with GeneralizedTime', async (t) => {
  const late = await issuePki({ authorities, server, identities: [] }, { now: Date.UTC(2049, 11, 30) })
  const { validFrom, validTo } = endEntityOf(late.server)
  t.equal(new Date(validFrom).toISOString(), '2049-12-29T00:00:00.000Z')
  t.equal(new Date(validTo).toISOString(), '2050-12-30T00:00:00.000Z')
})

const issuerKeys: readonly KeySpec[] = [
  { kind: 'rsa', bits: 2048 },
  { kind: 'ec', curve: 'P-384' },
  { kind: 'ec', curve: 'P-521' },
  { kind: 'ed25519' },
]

for (const key of issuerKeys) {
  t.test(`an authority may have a key ${JSON.stringify(key)}`, async (t) => {
    const withKey = authorities.map((each) =>
      each.name === 'root-a' ? { ...each, certificate: { ...each.certificate, key } } : each,
    )
    const issued = await issuePki({ authorities: withKey, server, identities: [] }, { now })
    const root = new X509Certificate(issued.authorities['root-a'].certificate.der)
    t.ok(endEntityOf(issued.server).verify(root.publicKey))
  })
}

t.test('specifications that contradict each other are refused', async (t) => {
  const [correct] = identities as [IdentitySpec]
  const withoutRootC = authorities.filter(({ name }) => name !== 'root-c')
  await t.rejects(issuePki({ authorities: withoutRootC, server, identities }, { now }), {
    code: 'ERR_AUTHORITY_MISSING',
    message: 'there is no authority root-c',
  })
  await t.rejects(issuePki({ authorities, server, identities: [correct, correct] }, { now }), {
    code: 'ERR_IDENTITY_NAME',
    message: 'two identities are named correct',
  })
  for (const name of ['', '../escape', 'a/b', 'Upper', '.hidden', 'nul\0']) {
    const renamed = { ...correct, name }
    await t.rejects(issuePki({ authorities, server, identities: [renamed] }, { now }), {
      code: 'ERR_IDENTITY_NAME',
    })
  }
})

t.test('an extension that the specification leaves out is absent', async (t) => {
  const bare: CertificateSpec = {
    ...server.certificate,
    keyUsage: null,
    extKeyUsage: null,
    basicConstraints: null,
    subjectAltNames: [],
  }
  const { identities: issued } = await issuePki(
    { authorities, server, identities: [{ name: 'bare', title: '', certificate: bare, chain: [] }] },
    { now },
  )
  const certificate = endEntityOf(issued.get('bare'))
  t.equal(certificate.keyUsage, undefined)
  t.equal(certificate.subjectAltName, undefined)
  const der = certificate.raw.toString('hex')
  for (const oid of ['0603551d0f', '0603551d11', '0603551d13', '0603551d25']) t.notOk(der.includes(oid), oid)
})
