import { Buffer } from 'node:buffer'
import t from 'tap'
import { issuePki } from '../../../harness/pki/issue.ts'
import type { CertificateSpec } from '../../../harness/model/identity.ts'
import { authorities, server } from '../../../scenarios/identities/index.ts'
import { readBasicConstraints } from './basic-constraints.ts'

async function encoded(basicConstraints: CertificateSpec['basicConstraints']): Promise<Buffer> {
  const spec = { ...server.certificate, basicConstraints }
  const identity = { name: 'any', title: '', certificate: spec, chain: [] }
  const pki = await issuePki({ authorities, server, identities: [identity] }, { now: Date.now() })
  return Buffer.from(pki.identities.get('any')!.chain[0]!.der)
}

const cases = [
  { spec: null, read: null },
  { spec: { cA: false }, read: { cA: false, pathLenConstraint: null } },
  { spec: { cA: true }, read: { cA: true, pathLenConstraint: null } },
  { spec: { cA: true, pathLenConstraint: 0 }, read: { cA: true, pathLenConstraint: 0 } },
  { spec: { cA: true, pathLenConstraint: 300 }, read: { cA: true, pathLenConstraint: 300 } },
] as const

for (const { spec, read } of cases) {
  t.test(`basicConstraints ${JSON.stringify(spec)}`, async (t) => {
    t.strictSame(readBasicConstraints(await encoded(spec)), read)
  })
}

t.test('a certificate cut short at any byte is no CA, and never throws', async (t) => {
  const der = await encoded({ cA: true })
  const seen = new Set<string>()
  for (let length = 0; length < der.length; length++) {
    seen.add(JSON.stringify(readBasicConstraints(der.subarray(0, length))))
  }
  t.strictSame([...seen], [JSON.stringify({ cA: false, pathLenConstraint: null })])
})
