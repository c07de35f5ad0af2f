import t from 'tap'
import { authorities, identities, server } from '../../scenarios/identities/index.ts'
import { HarnessError } from '../model/errors.ts'
import { manifestOf, parseManifest } from './folder-manifest.ts'
import { issuePki } from './issue.ts'

const pki = await issuePki({ authorities, server, identities }, { now: Date.UTC(2026, 0, 2) })
const manifest = manifestOf(pki, [...pki.identities.values()])
const text = JSON.stringify(manifest)

t.test('a manifest is read back as it was written', async (t) => {
  t.strictSame(parseManifest(text, 'here'), manifest)
})

t.test('it names every certificate by its SHA-256 and holds no key', async (t) => {
  t.match(manifest.authorities['root-a'], /^[0-9a-f]{64}$/)
  t.equal(
    manifest.identities.find(({ name }) => name === 'via-intermediate')?.chain[1],
    manifest.authorities['intermediate-a'],
  )
  t.strictSame(manifest.identities.find(({ name }) => name === 'missing')?.chain, [])
  t.notMatch(text, /PRIVATE/)
})

t.test('it says where the CRLs are to be served', async (t) => {
  t.equal(manifest.distributionPoint, 'http://127.0.0.1:1')
})

t.test('a manifest of an earlier version is refused, and both versions are named', async (t) => {
  const earlier = JSON.stringify({ ...manifest, version: 1, distributionPoint: undefined })
  t.throws(() => parseManifest(earlier, 'here'), {
    code: 'ERR_PKI_FOLDER_MANIFEST',
    message: /version must be 2, not 1/,
    hint: /new directory/,
  })
})

t.test('a manifest cut short at any length is refused', async (t) => {
  const outcomes = Array.from(text, (_, length) => codeOf(() => parseManifest(text.slice(0, length), 'here')))
  t.strictSame([...new Set(outcomes)], ['ERR_PKI_FOLDER_MANIFEST'])
})

function codeOf(action: () => unknown): string {
  try {
    action()
    return 'no error'
  } catch (thrown) {
    return thrown instanceof HarnessError ? thrown.code : String(thrown)
  }
}
