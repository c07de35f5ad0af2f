/** The scenarios as a whole: stable ids, nothing unused, nothing vacuous. */
import picomatch from 'picomatch'
import t from 'tap'
import { clients } from '../harness/clients/index.ts'
import type { AnswerKey } from '../harness/model/answer.ts'
import { answerFor } from '../harness/model/answer.ts'
import { refusalReasons } from '../harness/model/refusal.ts'
import type { NamedScenario } from '../harness/model/scenario.ts'
import { answerKey } from '../harness/runner/expectation.ts'
import { matrix } from '../harness/runner/matrix.ts'
import { tlsVersions } from '../harness/model/tls.ts'
import { servers } from '../servers/index.ts'
import { deviations } from './deviations.ts'
import { identities } from './identities/index.ts'
import { scenarios } from './index.ts'

/** For any server: it names no situation of one product. */
const isNeutral = ({ server }: NamedScenario) => server.policies === undefined
const neutral = scenarios.filter(isNeutral)
const cells = matrix({ servers, clients, scenarios })

t.test('ids are paths of lower-case words, each once', async (t) => {
  const ids = scenarios.map(({ id }) => id)
  for (const id of ids) t.match(id, /^[a-z][a-z-]*\/[a-z][a-z-]*\/[a-z0-9][a-z0-9-]*$/)
  t.equal(new Set(ids).size, ids.length)
  const cellIds = cells.map(({ id }) => id)
  t.equal(new Set(cellIds).size, cellIds.length, 'so are the ids of cells')
})

t.test('the ids that scripts are told of are there', async (t) => {
  const ids = scenarios.map(({ id }) => id)
  for (const id of ['client-certificate/presence/correct', 'client-certificate/validity/expired']) {
    t.ok(ids.includes(id), id)
  }
})

/** What only a product's own situations call for, whichever of them there are. */
const forSituations = [
  'crl-stale',
  'reissued',
  'mixed-case-name',
  'upn',
  'upn-with-sid',
  'expired-untrusted',
  'expired-wrong-eku',
  'expired-crl-unreachable',
  'revoked-expired',
  'revoked-wrong-eku',
  'untrusted-wrong-eku',
  'untrusted-crl-unreachable',
  'wrong-eku-crl-unreachable',
]

t.test('every identity is used, and none is used that does not exist', async (t) => {
  const used = new Set([...scenarios.map(({ identity }) => identity), ...forSituations])
  t.strictSame([...used].sort(), identities.map(({ name }) => name).sort())
})

t.test('every reason to refuse a certificate is tried, by a scenario that any server can run', async (t) => {
  const tried = new Set(neutral.map(({ expect }) => answerKey(expect)))
  t.strictSame([...tried].sort(), ['accepted', ...refusalReasons].sort())
})

t.test('titles are sentences, each once, and say where the RFCs do', async (t) => {
  for (const { id, title, rfc } of neutral) {
    t.match(title, /^(A|An|The) [^\n]+ (is|are|sends|may|keeps) ?[^\n]*[^.\s]$/, id)
    t.ok(rfc.length > 0, id)
    for (const section of rfc) t.match(section, /^RFC \d{4} §\d+(\.\d+)*( \([a-z]\)(\(\d\))?)?$/, id)
  }
  t.equal(new Set(neutral.map(({ title }) => title)).size, neutral.length)
})

t.test('every scenario is in the matrix', async (t) => {
  const inMatrix = new Set(cells.map(({ scenario }) => scenario))
  for (const { id } of scenarios) t.ok(inMatrix.has(id), id)
})

t.test('every deviation is about a cell, says why, and no cell has two', async (t) => {
  const globs = deviations.map((deviation) => ({ deviation, matches: picomatch(deviation.cells) }))
  for (const { deviation, matches } of globs) {
    t.ok(
      cells.some(({ id }) => matches(id)),
      deviation.cells,
    )
    t.match(deviation.reason, /\S/)
    t.match(deviation.source, /\S/)
  }
  for (const { id } of cells) t.ok(globs.filter(({ matches }) => matches(id)).length <= 1, id)
})

/** What the product is named for, with the answer that each earns. */
const six: Readonly<Record<string, AnswerKey>> = {
  missing: 'missing',
  expired: 'expired',
  untrusted: 'untrusted-issuer',
  'wrong-eku': 'wrong-eku',
  'exchange-only': 'wrong-key-usage',
  correct: 'accepted',
}

const asking = [
  'iis-10/require',
  'iis-10/request',
  'node-https/require',
  'node-https/request',
  'nginx/require',
  'nginx/request',
  'nginx/optional_no_ca',
] as const

t.test('no cell of the six identities is vacuous', async (t) => {
  for (const place of asking) {
    for (const tls of tlsVersions) {
      for (const client of clients) {
        for (const [identity, key] of Object.entries(six)) {
          const where = `${place}/tls${tls}/${client.name}, ${identity}`
          const found = cells.filter(
            (cell) =>
              `${cell.server}/${cell.policy}` === place &&
              cell.tls === tls &&
              cell.client === client.name &&
              cell.identity === identity &&
              isNeutral(cell.namedScenario) &&
              answerKey(cell.namedScenario.expect) === key,
          )
          t.equal(found.length, 1, `${where}: is one cell`)
          for (const { underTest } of found) {
            const { verdict, status, alert, verify, win32 } = answerFor(underTest.answers, key, tls)
            t.ok(underTest.certificateAuthorities !== null, `${where}: a CertificateRequest is expected`)
            // Without status and alert the connection just ends, which only a refusal does.
            t.ok(
              status !== null || alert !== null || verdict === 'refused',
              `${where}: an answer is expected`,
            )
            t.ok(verify !== null || win32 !== null, `${where}: a word of the log is expected`)
          }
        }
      }
    }
  }
})
