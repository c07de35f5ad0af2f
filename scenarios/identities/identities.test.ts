import t from 'tap'
import type { IdentitySpec } from '../../harness/model/identity.ts'
import { correct } from './correct.ts'
import { ecdsaP256 } from './ecdsa-p256.ts'
import { authorities, identities, server } from './index.ts'
import { withCrl } from './with-crl.ts'

/** The accepted identities that the others are compared with. */
const controls: readonly IdentitySpec[] = [correct, ecdsaP256, withCrl]

/** Two faults at once, or two things for Active Directory to go by. */
const twofold = [
  'expired-untrusted',
  'expired-wrong-eku',
  'expired-crl-unreachable',
  'revoked-expired',
  'revoked-wrong-eku',
  'untrusted-wrong-eku',
  'untrusted-crl-unreachable',
  'wrong-eku-crl-unreachable',
  'upn-with-sid',
]

/** The subject is all that these are about. */
const bySubject: Readonly<Record<string, string>> = { reissued: 'correct', 'mixed-case-name': 'Mixed.Case' }

function named(commonName: string) {
  return [
    ['O', 'Countersign'],
    ['CN', commonName],
  ]
}

/** Without the subject: that is each identity's own. */
function traits({ certificate, chain }: IdentitySpec): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries({ ...certificate, chain }).filter(([name]) => name !== 'subject'))
}

/** The traits that differ; another chain makes up for another issuer, so these two count as one. */
function differences(identity: IdentitySpec, control: IdentitySpec): readonly string[] {
  const [own, accepted] = [traits(identity), traits(control)]
  const names = Object.keys({ ...own, ...accepted })
  const differing = names.filter((name) => JSON.stringify(own[name]) !== JSON.stringify(accepted[name]))
  return differing.includes('issuer') ? differing.filter((name) => name !== 'chain') : differing
}

t.test(
  'each identity differs from an accepted one in one thing, or in the two that it is named for',
  async (t) => {
    const presenting = identities.filter((identity) => identity.certificate !== null && identity !== correct)
    for (const identity of presenting) {
      const others = controls.filter((control) => control !== identity)
      const fewest = Math.min(...others.map((control) => differences(identity, control).length))
      const expected = identity.name === 'mixed-case-name' ? 0 : twofold.includes(identity.name) ? 2 : 1
      t.equal(fewest, expected, identity.name)
    }
    t.ok(presenting.length > 10)
  },
)

const faults = [
  { name: 'expired', differs: 'validityDays' },
  { name: 'untrusted', differs: 'issuer' },
  { name: 'wrong-eku', differs: 'extKeyUsage' },
  { name: 'any-eku', differs: 'extKeyUsage' },
  { name: 'forged-issuer', differs: 'signature' },
  { name: 'non-ca-issuer', differs: 'issuer' },
  { name: 'with-crl', differs: 'crl' },
  { name: 'crl-unreachable', differs: 'crl' },
  { name: 'upn', differs: 'subjectAltNames' },
] as const

for (const { name, differs } of faults) {
  t.test(`${name} differs in ${differs}`, async (t) => {
    const identity = identities.find((each) => each.name === name)
    t.strictSame(identity && differences(identity, ecdsaP256), [differs])
  })
}

t.test('exchange-only differs from the RSA control in keyUsage', async (t) => {
  const identity = identities.find((each) => each.name === 'exchange-only')
  t.strictSame(identity && differences(identity, correct), ['keyUsage'])
})

t.test('the control is as the documentation says', async (t) => {
  t.match(correct.certificate, {
    issuer: 'root-a',
    key: { kind: 'rsa', bits: 2048 },
    keyUsage: ['digitalSignature'],
    extKeyUsage: ['clientAuth'],
    basicConstraints: { cA: false },
  })
})

t.test('every subject is the name itself in the organization Countersign', async (t) => {
  for (const { name, certificate } of identities) {
    if (certificate) t.strictSame(certificate.subject, named(bySubject[name] ?? name), name)
  }
})

t.test('an authority that shares the name of an identity has a common name of its own', async (t) => {
  const taken = new Set(identities.map(({ name }) => name))
  for (const { name, certificate } of authorities) {
    const [, [, commonName] = ['CN', '']] = certificate.subject
    t.ok(taken.has(name) ? commonName.startsWith(`${name}-`) : commonName === name, name)
    t.strictSame(certificate.subject, named(commonName), name)
  }
})

t.test('a title is one sentence without a full stop, and no two are alike', async (t) => {
  const titles = [...authorities, server, ...identities].map(({ title }) => title)
  for (const title of titles) t.match(title, /^[^\n]+[^.\n]$/)
  t.equal(new Set(titles).size, titles.length)
})
