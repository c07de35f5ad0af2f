import { X509Certificate } from 'node:crypto'
import t from 'tap'
import type { AuthorityName, AuthoritySpec, CertificateSpec, Pki } from '../../../harness/model/identity.ts'
import { issuePki } from '../../../harness/pki/issue.ts'
import { authorities, identities, server } from '../../../scenarios/identities/index.ts'
import { parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { buildChain } from './chain.ts'
import { certificateCodes, S_OK } from '../codes.ts'
import type { CertificateCodeName } from '../codes.ts'
import { machineStores } from '../machine/machine-stores.ts'
import { verdictOf } from './verdict.ts'

const now = Date.now()
const emptyName = {
  name: 'empty-name',
  title: '',
  certificate: { ...server.certificate, subject: [] },
  chain: [],
}
const pki = await issuePki({ authorities, server, identities: [...identities, emptyName] }, { now })
const otherPki = await issuePki({ authorities, server, identities }, { now })
const stores = machineStores(pki, ['root-a'])
const viaIntermediate = identities.filter(({ name }) => name === 'via-intermediate')

const parse = (der: Uint8Array) => parseCertificate(new X509Certificate(der))
const leaf = (of: Pki, name: string) => parse(of.identities.get(name)!.chain[0]!.der)
const ca = (of: Pki, name: AuthorityName) => parse(of.authorities[name].certificate.der)
/** The certificate with another last byte: its signature does not hold. */
const broken = ({ der }: Certificate) =>
  parse(Buffer.from(der.map((byte, i) => (i === der.length - 1 ? byte ^ 1 : byte))))

const chains: readonly {
  readonly name: string
  readonly sent: readonly [Certificate, ...Certificate[]]
  readonly length: number
  readonly end: string
  readonly signaturesHold?: boolean
}[] = [
  { name: 'issued by a root in Root', sent: [leaf(pki, 'correct')], length: 2, end: 'trusted-root' },
  { name: 'an empty subject', sent: [leaf(pki, 'empty-name')], length: 2, end: 'trusted-root' },
  { name: 'issued by a root in CA only', sent: [leaf(pki, 'untrusted')], length: 2, end: 'untrusted-root' },
  { name: 'issued by an unknown CA', sent: [leaf(pki, 'via-intermediate')], length: 1, end: 'partial' },
  { name: 'self-signed', sent: [leaf(pki, 'self-signed')], length: 1, end: 'untrusted-root' },
  { name: 'a root from Root as end entity', sent: [ca(pki, 'root-a')], length: 1, end: 'trusted-root' },
  {
    name: 'the intermediate is sent',
    sent: [leaf(pki, 'via-intermediate'), ca(pki, 'intermediate-a')],
    length: 3,
    end: 'trusted-root',
  },
  {
    name: 'sent in any order, twice, and with more than is needed',
    sent: [
      leaf(pki, 'via-intermediate'),
      leaf(pki, 'via-intermediate'),
      ca(pki, 'root-c'),
      ca(pki, 'root-a'),
      ca(pki, 'intermediate-a'),
    ],
    length: 3,
    end: 'trusted-root',
  },
  {
    name: 'the client brings its own root',
    sent: [leaf(otherPki, 'untrusted'), ca(otherPki, 'root-b')],
    length: 2,
    end: 'untrusted-root',
  },
  {
    name: 'an issuer of the right name and another key, none better known',
    sent: [leaf(otherPki, 'correct')],
    length: 2,
    end: 'trusted-root',
    signaturesHold: false,
  },
  {
    name: 'two issuers of one name: the one that signed is taken',
    sent: [leaf(otherPki, 'correct'), ca(otherPki, 'root-a')],
    length: 2,
    end: 'untrusted-root',
  },
  {
    name: 'a broken signature on the end entity',
    sent: [broken(leaf(pki, 'correct'))],
    length: 2,
    end: 'trusted-root',
    signaturesHold: false,
  },
  {
    name: 'a broken signature on a self-signed certificate',
    sent: [broken(leaf(pki, 'self-signed'))],
    length: 1,
    end: 'untrusted-root',
    signaturesHold: false,
  },
]

for (const { name, sent, length, end, signaturesHold = true } of chains) {
  t.test(`a chain: ${name}`, async (t) => {
    const chain = buildChain(sent, stores)
    t.match({ ...chain, length: chain.elements.length }, { length, end, signaturesHold })
    t.ok(
      chain.elements.every(
        ({ subject, issuer }) => typeof subject === 'string' && typeof issuer === 'string',
      ),
    )
  })
}

t.test('two issuers that name each other end the chain, and so does a long one', async (t) => {
  const named = (subject: string, issuer: string): Certificate => ({
    ...parse(pki.authorities['root-c'].certificate.der),
    subject,
    issuer,
    der: Buffer.from(subject),
    isSignedBy: () => true,
  })
  const circle = buildChain([named('a', 'b'), named('b', 'a')], stores)
  t.match({ ...circle, length: circle.elements.length }, { length: 2, end: 'partial' })
  const [first, ...others] = Array.from({ length: 100 }, (_, i) => named(`${i}`, `${i + 1}`))
  const long = buildChain([first!, ...others], stores)
  t.match({ ...long, length: long.elements.length }, { length: 32, end: 'partial' })
})

/** What a changed intermediate-a does to the identity that it issued. */
const intermediates: readonly {
  readonly name: string
  readonly changes: Partial<CertificateSpec>
  readonly verdict: CertificateCodeName | 'S_OK'
}[] = [
  { name: 'as it is', changes: {}, verdict: 'S_OK' },
  { name: 'without keyUsage', changes: { keyUsage: null }, verdict: 'S_OK' },
  { name: 'for clientAuth', changes: { extKeyUsage: ['clientAuth'] }, verdict: 'S_OK' },
  {
    name: 'with pathLenConstraint 0',
    changes: { basicConstraints: { cA: true, pathLenConstraint: 0 } },
    verdict: 'S_OK',
  },
  { name: 'expired', changes: { validityDays: { notBefore: -9, notAfter: -1 } }, verdict: 'CERT_E_EXPIRED' },
  { name: 'for serverAuth', changes: { extKeyUsage: ['serverAuth'] }, verdict: 'CERT_E_WRONG_USAGE' },
  { name: 'no CA', changes: { basicConstraints: { cA: false } }, verdict: 'TRUST_E_BASIC_CONSTRAINTS' },
  {
    name: 'without basicConstraints',
    changes: { basicConstraints: null },
    verdict: 'TRUST_E_BASIC_CONSTRAINTS',
  },
  { name: 'without keyCertSign', changes: { keyUsage: ['cRLSign'] }, verdict: 'TRUST_E_BASIC_CONSTRAINTS' },
]

for (const { name, changes, verdict } of intermediates) {
  t.test(`an intermediate ${name}: ${verdict}`, async (t) => {
    const changed = authorities.map((authority): AuthoritySpec =>
      authority.name === 'intermediate-a'
        ? { ...authority, certificate: { ...authority.certificate, ...changes } }
        : authority,
    )
    const made = await issuePki({ authorities: changed, server, identities: viaIntermediate }, { now })
    const [first, ...others] = made.identities.get('via-intermediate')!.chain.map(({ der }) => parse(der))
    const chain = buildChain([first!, ...others], machineStores(made, ['root-a']))
    t.equal(verdictOf(chain, now), verdict === 'S_OK' ? S_OK : certificateCodes[verdict].hresult)
  })
}
