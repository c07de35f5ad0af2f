import t from 'tap'
import type { Availability } from '../model/availability.ts'
import type { RequestSpec } from '../model/client.ts'
import { groupOf, matrix, type Cell } from './matrix.ts'
import { plan, select, type Placement, type Selection } from './plan.ts'
import { client, policy, scenario, server, underTest } from './testdata/values.ts'

const request = underTest({ policy: policy('request') })
const peers = {
  servers: [
    server({ name: 'alpha', policies: [request, underTest()] }),
    server({ name: 'old', features: new Set(['tls1.2']) }),
  ],
  clients: [client({ name: 'first' }), client({ name: 'modern', features: new Set(['tls1.3']) })],
  scenarios: [
    scenario('presence/correct', { identity: 'correct' }),
    scenario('validity/expired', { identity: 'expired' }),
    scenario('validity/not-yet-valid', { identity: 'not-yet-valid' }),
  ],
}
const cells = matrix(peers)
const everything: Selection = {
  ...{ servers: null, clients: null, identities: null, tls: null, grep: null, shard: null },
}

const filters: readonly {
  readonly selection: Partial<Selection>
  readonly keeps: (cell: Cell) => boolean
  readonly count: number
}[] = [
  { selection: {}, keeps: () => true, count: 36 },
  { selection: { servers: ['old'] }, keeps: ({ server }) => server === 'old', count: 12 },
  { selection: { servers: ['old', 'alpha'] }, keeps: () => true, count: 36 },
  { selection: { exceptServers: ['old'] }, keeps: ({ server }) => server !== 'old', count: 24 },
  { selection: { exceptServers: [] }, keeps: () => true, count: 36 },
  { selection: { clients: ['modern'] }, keeps: ({ client }) => client === 'modern', count: 18 },
  { selection: { identities: ['expired'] }, keeps: ({ identity }) => identity === 'expired', count: 12 },
  { selection: { tls: ['1.3'] }, keeps: ({ tls }) => tls === '1.3', count: 18 },
  {
    selection: { servers: ['alpha'], clients: ['first'], identities: ['correct', 'expired'], tls: ['1.2'] },
    keeps: ({ id }) => /^alpha\/[a-z]+\/tls1\.2\/first\/(presence\/correct|validity\/expired)$/.test(id),
    count: 4,
  },
  { selection: { grep: 'alpha/**' }, keeps: ({ server }) => server === 'alpha', count: 24 },
  { selection: { grep: '**/expired' }, keeps: ({ identity }) => identity === 'expired', count: 12 },
  { selection: { grep: '*/require/**' }, keeps: ({ policy }) => policy === 'require', count: 24 },
  { selection: { grep: '**/validity/*' }, keeps: ({ scenario }) => scenario.startsWith('v'), count: 24 },
  {
    selection: { grep: '**/{correct,expired}' },
    keeps: ({ identity }) => !identity.startsWith('not'),
    count: 24,
  },
  { selection: { grep: '!old/**' }, keeps: ({ server }) => server !== 'old', count: 24 },
  {
    selection: { grep: 'alpha/require/tls1.3/first/validity/expired' },
    keeps: ({ id }) => id === 'alpha/require/tls1.3/first/validity/expired',
    count: 1,
  },
]

for (const { selection, keeps, count } of filters) {
  t.test(`selects ${JSON.stringify(selection)}`, async (t) => {
    const selected = select(cells, { ...everything, ...selection })
    t.strictSame(ids(selected), ids(cells.filter(keeps)))
    t.equal(selected.length, count)
  })
}

const nothing: readonly Partial<Selection>[] = [
  { servers: ['gamma'] },
  { clients: [] },
  { identities: ['hostile-name'] },
  { grep: 'alpha/*' },
  { grep: 'alpha' },
  { grep: '' },
  { servers: ['old'], grep: 'alpha/**' },
]

for (const selection of nothing) {
  t.test(`${JSON.stringify(selection)} selects nothing: ERR_NO_CELLS`, async (t) => {
    const where = selection.grep === undefined ? null : `--grep '${selection.grep}'`
    t.throws(() => select(cells, { ...everything, ...selection }), {
      ...{ name: 'HarnessError', code: 'ERR_NO_CELLS', where },
      hint: /countersign list cells/,
    })
  })
}

for (const count of [1, 2, 3, 5, 12, 50]) {
  t.test(`${count} shards: together everything, each cell once, whole groups`, async (t) => {
    const shards = Array.from({ length: count }, (_, at) =>
      select(cells, { ...everything, shard: { index: at + 1, count } }),
    )
    t.strictSame(ids(shards.flat()).sort(), [...ids(cells)].sort())
    const homes = shards.flatMap((shard) => [...new Set(shard.map(groupOf))])
    t.equal(new Set(homes).size, homes.length, 'no group is split')
    for (const shard of shards) {
      t.strictSame(
        shard.map(({ index }) => index),
        shard.map(({ index }) => index).sort((left, right) => left - right),
      )
    }
    const again = select(matrix(peers), { ...everything, shard: { index: count, count } })
    t.strictSame(ids(again), ids(shards.at(-1) ?? []), 'the same each time')
    const groups = shards.map((shard) => new Set(shard.map(groupOf)).size)
    t.ok(Math.max(...groups) - Math.min(...groups) <= 1, 'no shard has two groups more than another')
  })
}

const here: Availability = { available: true, version: '1', tlsLibrary: null }
const placements = new Map<string, Placement>([
  ['alpha', { backend: 'native' }],
  ['old', { backend: 'embedded' }],
])
const available = new Map<string, Availability>([
  ['first', here],
  ['modern', here],
])

t.test('what is not skipped is grouped by server, then by control', async (t) => {
  const planned = plan(cells, placements, available)
  t.strictSame(
    [...planned.backends],
    [
      ['alpha', 'native'],
      ['old', 'embedded'],
    ],
  )
  t.equal(planned.cellCount, cells.length)
  const kept = [...planned.groups.values()].flatMap((groups) => [...groups.values()].flat())
  t.strictSame(ids(kept), ids(cells.filter((cell) => !planned.skipped.some((skip) => skip.cell === cell))))
  for (const [name, groups] of planned.groups) {
    for (const [key, group] of groups) {
      t.ok(key.startsWith(`${name}/`))
      t.ok(group.every((cell) => groupOf(cell) === key))
      t.equal(group.length, 3)
    }
  }
})

interface Skip {
  readonly name: string
  readonly server: string
  readonly tls: string
  readonly client: string
  readonly placed?: Placement | null
  readonly probed?: Availability | null
  readonly outcome: string | null
  readonly reason: string | null
}

const skips: readonly Skip[] = [
  {
    ...{ name: 'the server cannot', server: 'old', tls: '1.3', client: 'first' },
    ...{ outcome: 'unsupported', reason: 'old does not speak TLS 1.3' },
  },
  {
    ...{ name: 'the client cannot', server: 'alpha', tls: '1.2', client: 'modern' },
    ...{ outcome: 'unsupported', reason: 'the client modern does not speak TLS 1.2' },
  },
  { name: 'both can', server: 'alpha', tls: '1.3', client: 'modern', outcome: null, reason: null },
  {
    ...{ name: 'the server is not here', server: 'alpha', tls: '1.3', client: 'first' },
    placed: { backend: null, status: 'unavailable', reason: 'alpha was not found on PATH' },
    ...{ outcome: 'unavailable', reason: 'alpha was not found on PATH' },
  },
  {
    ...{ name: 'the server has no such backend', server: 'alpha', tls: '1.3', client: 'first' },
    placed: { backend: null, status: 'unsupported', reason: 'alpha has no container backend' },
    ...{ outcome: 'unsupported', reason: 'alpha has no container backend' },
  },
  {
    ...{ name: 'the client is not here', server: 'alpha', tls: '1.3', client: 'first' },
    probed: { available: false, reason: 'first was not found on PATH' },
    ...{ outcome: 'unavailable', reason: 'first was not found on PATH' },
  },
  {
    ...{ name: 'the server was not probed', server: 'alpha', tls: '1.3', client: 'first', placed: null },
    ...{ outcome: 'unavailable', reason: 'alpha was not probed' },
  },
  {
    ...{ name: 'the client was not probed', server: 'alpha', tls: '1.3', client: 'first', probed: null },
    ...{ outcome: 'unavailable', reason: 'the client first was not probed' },
  },
  {
    ...{
      name: 'what a peer cannot do comes before what is missing here',
      server: 'old',
      tls: '1.3',
      client: 'first',
    },
    placed: null,
    ...{ outcome: 'unsupported', reason: 'old does not speak TLS 1.3' },
  },
]

for (const { name, server, tls, client, placed, probed, outcome, reason } of skips) {
  t.test(`skips: ${name}`, async (t) => {
    const [cell] = cells.filter(
      (each) => each.server === server && each.tls === tls && each.client === client,
    )
    const planned = plan([cell!], changed(placements, server, placed), changed(available, client, probed))
    t.strictSame(planned.skipped, outcome === null ? [] : [{ cell, outcome, reason }])
    t.equal(planned.groups.size, outcome === null ? 1 : 0)
    t.equal(planned.backends.size, outcome === null ? 1 : 0, 'nothing is started for what is skipped')
  })
}

t.test('a selection that only a left-out server would match says how to name it', async (t) => {
  const selection = { ...everything, grep: 'old/**', exceptServers: ['old'] }
  t.throws(() => select(cells, selection), { code: 'ERR_NO_CELLS', hint: /; only --server selects old$/ })
})

const late: readonly { readonly request: RequestSpec; readonly features: readonly string[] }[] = [
  { request: { http: '2' }, features: ['http2'] },
  { request: { scheme: 'http' }, features: ['plain-http'] },
  { request: { method: 'POST', bodyBytes: 1 }, features: ['request-body'] },
  { request: { renegotiation: 'refuse' }, features: ['refuse-renegotiation'] },
  { request: { renegotiation: 'ignore' }, features: ['ignore-renegotiation'] },
  { request: { ciphers: ['NULL-SHA'] }, features: ['cipher-suites'] },
  { request: { http: '2', bodyBytes: 1 }, features: ['http2', 'request-body'] },
  { request: { method: 'POST', headers: { a: 'b' }, path: '/x', renegotiation: 'answer' }, features: [] },
]

for (const { request, features } of late) {
  t.test(`${JSON.stringify(request)} needs ${features.join(', ') || 'nothing'}`, async (t) => {
    const both = new Set(['tls1.2', 'tls1.3'])
    const reasons = (ofServer: readonly string[], ofClient: readonly string[]) => {
      const planned = plan(
        matrix({
          servers: [server({ name: 'alpha', features: new Set([...both, ...ofServer]) })],
          clients: [client({ name: 'first', features: new Set([...both, ...ofClient]) })],
          scenarios: [scenario('late/any', { request, tls: ['1.2'] })],
        }),
        placements,
        available,
      )
      return planned.skipped.map(({ outcome, reason }) => `${outcome}: ${reason}`)
    }
    t.strictSame(reasons(features, features), [])
    for (const feature of features) {
      const others = features.filter((each) => each !== feature)
      t.strictSame(reasons(features, others), [
        `unsupported: the client first does not have the feature '${feature}'`,
      ])
      // What only the client does needs nothing of the server.
      const isShared = feature === 'http2' || feature === 'plain-http'
      t.strictSame(
        reasons(others, features),
        isShared ? [`unsupported: alpha does not have the feature '${feature}'`] : [],
      )
    }
  })
}

function ids(list: readonly Cell[]): string[] {
  return list.map(({ id }) => id)
}

/** A copy with one entry replaced, or left out for null. */
function changed<T>(map: ReadonlyMap<string, T>, key: string, value: T | null | undefined): Map<string, T> {
  const copy = new Map(map)
  if (value === null) copy.delete(key)
  else if (value !== undefined) copy.set(key, value)
  return copy
}
