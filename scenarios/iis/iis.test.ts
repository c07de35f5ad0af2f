import t from 'tap'
import { identities } from '../identities/index.ts'
import { iisModels } from '../../servers/iis-model/index.ts'
import { iis } from './index.ts'
import { sources } from './sources.ts'

const rows = Object.entries(iis).flatMap(([topic, table]) =>
  Object.entries(table).map(([name, scenario]) => ({ id: `${topic}/${name}`, ...scenario })),
)
const policiesByServer = new Map(
  iisModels.map(({ name, policies }) => [name, new Map(policies.map((each) => [each.policy.name, each]))]),
)

t.test('every row names a situation of every server that it is about', async (t) => {
  for (const { id, server } of rows) {
    for (const name of server.servers ?? []) {
      for (const policy of server.policies ?? []) {
        t.ok(policiesByServer.get(name)?.has(policy), `${id}: ${name}/${policy}`)
      }
    }
  }
})

t.test('every row says how it is known, with a source or the word inferred', async (t) => {
  for (const { id, answer } of rows) {
    t.ok(answer, id)
    if (answer === undefined) continue
    if (answer.source === 'no evidence') t.equal(answer.confidence, 'inferred', id)
    else t.match(answer.source, /^\[[\w-]+\] \S/, id)
  }
})

t.test('every row presents an identity that exists', async (t) => {
  const names = new Set(identities.map(({ name }) => name))
  for (const { id, identity } of rows) t.ok(names.has(identity), `${id}: ${identity}`)
})

t.test('titles are told apart', async (t) => {
  const titles = rows.map(({ title, server }) => `${title} ${server.policies?.join()}`)
  t.equal(new Set(titles).size, titles.length)
})

t.test('every situation has a row, and every source is cited', async (t) => {
  const played = new Set(rows.flatMap(({ server }) => server.policies ?? []))
  for (const [name, { policy }] of policiesByServer.get('iis-10') ?? []) {
    if (policy.situation) t.ok(played.has(name), `a row for ${name}`)
  }
  const cited = rows.map(({ answer }) => answer?.source ?? '').join(' ')
  for (const key of Object.keys(sources)) t.ok(cited.includes(`[${key}]`), `a row cites ${key}`)
})

t.test('a refusal and an answer of success never stand in one row', async (t) => {
  for (const { id, answer, expect } of rows) {
    t.equal(answer?.verdict === 'refused', 'refused' in expect, id)
    t.equal(answer?.status === 200, 'accepted' in expect, id)
  }
})
