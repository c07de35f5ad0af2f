import { createPublicKey, verify } from 'node:crypto'
import t from 'tap'
import { encodeDer } from './asn1.ts'
import { makeKeyPair, signatureAlgorithm, signatureValue } from './key.ts'
import type { OwnKeySpec } from './key.ts'

const message = Buffer.from('to be signed')

/** AlgorithmIdentifiers by hand from RFC 4055 §5, RFC 5758 §3.2 and RFC 8410 §3. */
const cases: readonly { spec: OwnKeySpec; digest: string | null; algorithm: string }[] = [
  { spec: { kind: 'rsa', bits: 2048 }, digest: 'sha256', algorithm: '300d06092a864886f70d01010b0500' },
  { spec: { kind: 'ec', curve: 'P-256' }, digest: 'sha256', algorithm: '300a06082a8648ce3d040302' },
  { spec: { kind: 'ec', curve: 'P-384' }, digest: 'sha384', algorithm: '300a06082a8648ce3d040303' },
  { spec: { kind: 'ec', curve: 'P-521' }, digest: 'sha512', algorithm: '300a06082a8648ce3d040304' },
  { spec: { kind: 'ed25519' }, digest: null, algorithm: '300506032b6570' },
]

for (const { spec, digest, algorithm } of cases) {
  t.test(`a signature of ${JSON.stringify(spec)} is what its AlgorithmIdentifier says`, async (t) => {
    const key = await makeKeyPair(spec)
    t.equal(Buffer.from(encodeDer(signatureAlgorithm(key))).toString('hex'), algorithm)
    t.ok(verify(digest, message, createPublicKey(key.privateKey), signatureValue(key, message)))
  })
}

t.test('the SubjectPublicKeyInfo is the one that node:crypto exports', async (t) => {
  for (const { spec } of cases) {
    const { privateKey, subjectPublicKeyInfo } = await makeKeyPair(spec)
    const exported = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
    t.ok(exported.equals(encodeDer(subjectPublicKeyInfo)), JSON.stringify(spec))
  }
})

t.test('every key has its own identifier of 160 bits', async (t) => {
  const spec = { kind: 'ec', curve: 'P-256' } as const
  const [one, other] = await Promise.all([makeKeyPair(spec), makeKeyPair(spec)])
  t.equal(one.keyIdentifier.length, 20)
  t.notSame(one.keyIdentifier, other.keyIdentifier)
})
