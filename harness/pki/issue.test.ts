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
    const { issuer, signature }: CertificateSpec = spec.certificate
    const issuerCertificate =
      issuer === 'self' ? issued : new X509Certificate(pki.authorities[issuer].certificate.der)
    t.equal(issued.verify(issuerCertificate.publicKey), signature === undefined, `${spec.name}: signature`)
    // An end entity's keyUsage does not let it issue, not even itself.
    if (spec.name === 'self-signed') t.equal(issued.issuer, issued.subject, spec.name)
    else t.ok(issued.checkIssued(issuerCertificate), `${spec.name}: names and key identifiers`)
  }
})

t.test(
  'every key is that of its end entity certificate, and only reissued has that of another',
  async (t) => {
    const keys = new Set<string>()
    for (const identity of all.filter(({ chain }) => chain.length > 0)) {
      const { publicKey } = endEntityOf(identity)
      t.ok(createPublicKey(identity.keyPem!).equals(publicKey), identity.name)
      keys.add(identity.keyPem!)
    }
    t.equal(keys.size, all.length - 2, 'all but missing and reissued')
  },
)

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
  const sentAlong = identities.reduce((sum, { chain }) => sum + chain.length, 0)
  t.equal(new Set(certificates.map(({ serialNumber }) => serialNumber)).size, certificates.length - sentAlong)
})

t.test('what is said of a certificate is what node:crypto reads in it', async (t) => {
  for (const { der, pem, subject, issuer, serialNumber } of certificates) {
    const read = new X509Certificate(der)
    t.equal(subject, read.subject.split('\n').reverse().join(','))
    t.equal(issuer, read.issuer.split('\n').reverse().join(','))
    t.equal(serialNumber, read.serialNumber.toLowerCase())
    t.equal(pem, read.toString())
  }
})

t.test('reissued has the key and the name of the control, and another serial number', async (t) => {
  const [correct, reissued] = [pki.identities.get('correct'), pki.identities.get('reissued')]
  t.equal(reissued?.keyPem, correct?.keyPem)
  t.equal(reissued?.chain[0]?.subject, correct?.chain[0]?.subject)
  t.not(reissued?.chain[0]?.serialNumber, correct?.chain[0]?.serialNumber)
})

t.test('the key of an identity that is not there, or has none of its own, is refused', async (t) => {
  const [correct] = identities as [IdentitySpec]
  const reissued = identities.find(({ name }) => name === 'reissued')!
  const again: IdentitySpec = {
    ...correct,
    name: 'again',
    certificate: { ...server.certificate, key: { kind: 'of', identity: 'reissued' } },
  }
  await t.rejects(issuePki({ authorities, server, identities: [reissued] }, { now }), {
    code: 'ERR_KEY_OF',
    message: 'reissued is to have the key of correct, which has none of its own',
    hint: 'specify correct too, with a key that is made for it',
  })
  await t.rejects(issuePki({ authorities, server, identities: [correct, reissued, again] }, { now }), {
    code: 'ERR_KEY_OF',
    message: 'again is to have the key of reissued, which has none of its own',
  })
})

t.test('a self-signed certificate has no CRL and no signature of somebody else', async (t) => {
  const [correct] = identities as [IdentitySpec]
  for (const change of [{ crl: 'current' }, { revoked: true }, { signature: 'of-another-key' }] as const) {
    const certificate: CertificateSpec = { ...server.certificate, issuer: 'self', ...change }
    await t.rejects(issuePki({ authorities, server, identities: [{ ...correct, certificate }] }, { now }), {
      code: 'ERR_SELF_SIGNED',
      where: 'the certificate of O=Countersign, CN=localhost',
    })
  }
})

const distributionPoints = [
  { name: 'with-crl', url: 'http://127.0.0.1:8480/root-a.crl' },
  { name: 'crl-stale', url: 'http://127.0.0.1:8480/stale/root-a.crl' },
  { name: 'crl-unreachable', url: 'http://127.0.0.1:1/root-a.crl' },
  { name: 'untrusted-crl-unreachable', url: 'http://127.0.0.1:1/root-b.crl' },
] as const

t.test('cRLDistributionPoints names the CRL of the issuer at the distribution point', async (t) => {
  const distributionPoint = 'http://127.0.0.1:8480'
  const issued = await issuePki({ authorities, server, identities }, { now, distributionPoint })
  t.equal(issued.distributionPoint, distributionPoint)
  for (const { name, url } of distributionPoints) {
    const der = Buffer.from(issued.identities.get(name)!.chain[0]!.der)
    // uniformResourceIdentifier [6] and its length, RFC 5280 §4.2.1.6.
    t.ok(der.includes(Buffer.concat([Buffer.of(0x86, url.length), Buffer.from(url)])), name)
  }
})

t.test('nobody serves the CRLs unless a distribution point is given', async (t) => {
  t.equal(pki.distributionPoint, 'http://127.0.0.1:1')
})

t.test('the crowd is long, all different, and made once', async (t) => {
  const { crowd } = pki
  t.equal(pki.crowd, crowd)
  t.equal(crowd.length, 250)
  t.equal(new Set(crowd.map(({ subject }) => subject)).size, crowd.length)
  const lengths = crowd.map(({ subjectDer }) => subjectDer.length)
  t.ok(lengths.every((length) => length >= 80 && length <= 160))
  t.ok(lengths.reduce((sum, length) => sum + length) > 24 * 1024)
  for (const { der } of [crowd[0]!, crowd[249]!]) {
    const certificate = new X509Certificate(der)
    t.ok(certificate.ca && certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey))
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
