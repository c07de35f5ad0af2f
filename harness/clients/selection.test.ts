import t from 'tap'
import { authorities, identities, server } from '../../scenarios/identities/index.ts'
import type { Identity } from '../model/identity.ts'
import { issuePki } from '../pki/issue.ts'
import { certificateFields } from './certificate-fields.ts'
import { offers, type OfferRequest } from './selection.ts'

const now = Date.now()
const pki = await issuePki({ authorities, server, identities }, { now })
const nameOf = (authority: 'root-a' | 'root-b' | 'root-c' | 'intermediate-a') =>
  pki.authorities[authority].certificate.subjectDer
const anybody: OfferRequest = { authorities: [], signatureSchemes: [] }
const listing = (...names: Parameters<typeof nameOf>[0][]): OfferRequest => ({
  ...anybody,
  authorities: names.map(nameOf),
})
const signing = (...signatureSchemes: readonly string[]): OfferRequest => ({ ...anybody, signatureSchemes })

const cases: readonly {
  readonly identity: string
  readonly asked: string
  readonly request: OfferRequest
  readonly because: string | null
}[] = [
  { identity: 'correct', asked: 'of anybody', request: anybody, because: null },
  { identity: 'correct', asked: 'of its issuer', request: listing('root-a'), because: null },
  { identity: 'correct', asked: 'of another', request: listing('root-b'), because: 'no-issuer-in-ca-names' },
  {
    identity: 'correct',
    asked: 'of several, one of them its issuer',
    request: { ...anybody, authorities: [nameOf('root-c'), nameOf('root-a')] },
    because: null,
  },
  { identity: 'untrusted', asked: 'of anybody', request: anybody, because: null },
  { identity: 'untrusted', asked: 'of root-a', request: listing('root-a'), because: 'no-issuer-in-ca-names' },
  { identity: 'via-intermediate', asked: 'of the root', request: listing('root-a'), because: null },
  {
    identity: 'via-intermediate',
    asked: 'of the intermediate',
    request: listing('intermediate-a'),
    because: null,
  },
  {
    identity: 'missing-intermediate',
    asked: 'of the root, which its own chain does not reach',
    request: listing('root-a'),
    because: 'no-issuer-in-ca-names',
  },
  { identity: 'wrong-eku', asked: 'of anybody', request: anybody, because: 'extended-key-usage' },
  { identity: 'no-eku', asked: 'of anybody', request: anybody, because: null },
  { identity: 'exchange-only', asked: 'of anybody', request: anybody, because: 'key-usage' },
  { identity: 'expired', asked: 'of anybody', request: anybody, because: 'validity' },
  { identity: 'not-yet-valid', asked: 'of anybody', request: anybody, because: 'validity' },
  { identity: 'missing', asked: 'of anybody', request: anybody, because: 'no-private-key' },
  { identity: 'correct', asked: 'for RSA', request: signing('rsa_pss_rsae_sha256'), because: null },
  { identity: 'correct', asked: 'for ECDSA', request: signing('ecdsa_sha1'), because: 'no-signature-scheme' },
  {
    identity: 'correct',
    asked: 'for keys of RSASSA-PSS or RSA',
    request: signing('rsa_pss_pss_sha256', 'rsa_pkcs1_sha256'),
    because: null,
  },
  { identity: 'ecdsa-p256', asked: 'for ECDSA', request: signing('ecdsa_secp256r1_sha256'), because: null },
  {
    identity: 'ecdsa-p256',
    asked: 'for RSA',
    request: signing('rsa_pkcs1_sha256'),
    because: 'no-signature-scheme',
  },
  { identity: 'ed25519', asked: 'for Ed25519', request: signing('ed25519'), because: null },
  {
    identity: 'ed25519',
    asked: 'for ECDSA',
    request: signing('ecdsa_secp256r1_sha256'),
    because: 'no-signature-scheme',
  },
]

for (const { identity, asked, request, because } of cases) {
  t.test(`${identity}, asked ${asked}: ${because ?? 'offered'}`, async (t) => {
    const issued = identityOf(identity)
    t.strictSame(
      offers(issued, request, now),
      because === null ? { offered: true } : { offered: false, because },
    )
  })
}

t.test('a certificate without its key', async (t) => {
  const keyless = { ...identityOf('correct'), keyPem: null }
  t.strictSame(offers(keyless, anybody, now), { offered: false, because: 'no-private-key' })
})

t.test('the first rule that is broken counts', async (t) => {
  const request = { authorities: [nameOf('root-b')], signatureSchemes: ['ed25519'] }
  const because = (identity: string) => offers({ ...identityOf(identity), keyPem: null }, request, now)
  t.match(because('expired'), { because: 'no-issuer-in-ca-names' })
  t.match(offers({ ...identityOf('expired'), keyPem: null }, anybody, now), { because: 'validity' })
})

t.test('the issuer is the encoded name, and keyUsage its first bit', async (t) => {
  for (const [identity, digitalSignature] of [
    ['correct', true],
    ['exchange-only', false],
  ] as const) {
    const { der } = identityOf(identity).chain[0]!
    const fields = certificateFields(der)
    t.equal(Buffer.compare(fields.issuerDer ?? Buffer.alloc(0), nameOf('root-a')), 0)
    t.equal(fields.digitalSignature, digitalSignature)
  }
})

t.test('a certificate cut short at any byte gives what is there, and throws nothing', async (t) => {
  const { der } = identityOf('correct').chain[0]!
  for (let length = 0; length < der.length; length++) {
    t.strictSame(certificateFields(der.subarray(0, length)), { issuerDer: null, digitalSignature: null })
  }
  for (let at = 0; at < der.length; at++) {
    const damaged = Uint8Array.from(der)
    damaged[at] = 0xff
    certificateFields(damaged)
  }
})

function identityOf(name: string): Identity {
  const identity = pki.identities.get(name)
  if (!identity) throw new Error(`no identity ${name}`)
  return identity
}
