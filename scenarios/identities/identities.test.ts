import t from 'tap'
import type { IdentitySpec } from '../../harness/model/identity.ts'
import { correct } from './correct.ts'
import { ecdsaP256 } from './ecdsa-p256.ts'
import { authorities, identities, server } from './index.ts'

/** The accepted identities that the others are compared with. */
const controls: readonly IdentitySpec[] = [correct, ecdsaP256]

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

t.test('each identity differs from an accepted one in one thing', async (t) => {
  const presenting = identities.filter((identity) => identity.certificate !== null && identity !== correct)
  for (const identity of presenting) {
    const others = controls.filter((control) => control !== identity)
    const fewest = Math.min(...others.map((control) => differences(identity, control).length))
    t.equal(fewest, 1, identity.name)
  }
  t.ok(presenting.length > 10)
})

const named = [
  { name: 'expired', differs: 'validityDays' },
  { name: 'untrusted', differs: 'issuer' },
  { name: 'wrong-eku', differs: 'extKeyUsage' },
] as const

for (const { name, differs } of named) {
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
  for (const { name, certificate } of [...authorities, ...identities]) {
    if (certificate)
      t.strictSame(
        certificate.subject,
        [
          ['O', 'Countersign'],
          ['CN', name],
        ],
        name,
      )
  }
})

t.test('a title is one sentence without a full stop, and no two are alike', async (t) => {
  const titles = [...authorities, server, ...identities].map(({ title }) => title)
  for (const title of titles) t.match(title, /^[^\n]+[^.\n]$/)
  t.equal(new Set(titles).size, titles.length)
})
