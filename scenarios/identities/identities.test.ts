import t from 'tap'
import type { IdentitySpec } from '../../harness/model/identity.ts'
import { correct } from './correct.ts'
import { ecdsaP256 } from './ecdsa-p256.ts'
import { authorities, identities, server } from './index.ts'

/** What differs from the accepted identity with the same kind of key; `chain` is what is sent along. */
const differences: Readonly<Record<string, { control: IdentitySpec; differs: readonly string[] }>> = {
  expired: { control: ecdsaP256, differs: ['validityDays'] },
  'not-yet-valid': { control: ecdsaP256, differs: ['validityDays'] },
  untrusted: { control: ecdsaP256, differs: ['issuer'] },
  'self-signed': { control: ecdsaP256, differs: ['issuer'] },
  'missing-intermediate': { control: ecdsaP256, differs: ['issuer'] },
  'via-intermediate': { control: ecdsaP256, differs: ['chain', 'issuer'] },
  'wrong-eku': { control: ecdsaP256, differs: ['extKeyUsage'] },
  'no-eku': { control: ecdsaP256, differs: ['extKeyUsage'] },
  'exchange-only': { control: correct, differs: ['keyUsage'] },
  'ecdsa-p256': { control: correct, differs: ['key'] },
  ed25519: { control: correct, differs: ['key'] },
  correct: { control: correct, differs: [] },
}

/** Without the subject: that is each identity's own. */
function traits({ certificate, chain }: IdentitySpec): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries({ ...certificate, chain }).filter(([name]) => name !== 'subject'))
}

t.test('each identity differs from the control in the one thing that it is named for', async (t) => {
  const presenting = identities.filter(({ certificate }) => certificate !== null)
  t.strictSame(presenting.map(({ name }) => name).sort(), Object.keys(differences).sort())
  for (const identity of presenting) {
    const { control, differs } = differences[identity.name]!
    const [own, accepted] = [traits(identity), traits(control)]
    const names = Object.keys({ ...own, ...accepted }).sort()
    const seen = names.filter((name) => JSON.stringify(own[name]) !== JSON.stringify(accepted[name]))
    t.strictSame(seen, differs, identity.name)
  }
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

t.test('only what must be RSA has an RSA key', async (t) => {
  const rsa = identities.filter(({ certificate }) => certificate?.key.kind === 'rsa').map(({ name }) => name)
  t.strictSame(rsa, ['correct', 'exchange-only'])
})
