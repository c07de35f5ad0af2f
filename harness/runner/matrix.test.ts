import t from 'tap'
import { clients } from '../clients/index.ts'
import { policyMatches } from '../model/policy.ts'
import { scenarios } from '../../scenarios/index.ts'
import { servers } from '../../servers/index.ts'
import { groupOf, matrix } from './matrix.ts'
import { client, policy, scenario, server, underTest } from './testdata/values.ts'

const peers = {
  servers: [
    server({ name: 'alpha', policies: [underTest({ policy: policy('none') }), underTest()] }),
    server({ name: 'beta' }),
  ],
  clients: [client({ name: 'first' }), client({ name: 'second' })],
  scenarios: [
    scenario('presence/correct', { identity: 'correct' }),
    scenario('validity/expired', { server: { clientCertificate: ['require'] }, identity: 'expired' }),
  ],
}

t.test('server, policy, TLS version, client, scenario: in this order', async (t) => {
  t.strictSame(
    matrix(peers).map(({ id }) => id),
    [
      'alpha/none/tls1.2/first/presence/correct',
      'alpha/none/tls1.2/second/presence/correct',
      'alpha/none/tls1.3/first/presence/correct',
      'alpha/none/tls1.3/second/presence/correct',
      'alpha/require/tls1.2/first/presence/correct',
      'alpha/require/tls1.2/first/validity/expired',
      'alpha/require/tls1.2/second/presence/correct',
      'alpha/require/tls1.2/second/validity/expired',
      'alpha/require/tls1.3/first/presence/correct',
      'alpha/require/tls1.3/first/validity/expired',
      'alpha/require/tls1.3/second/presence/correct',
      'alpha/require/tls1.3/second/validity/expired',
      'beta/require/tls1.2/first/presence/correct',
      'beta/require/tls1.2/first/validity/expired',
      'beta/require/tls1.2/second/presence/correct',
      'beta/require/tls1.2/second/validity/expired',
      'beta/require/tls1.3/first/presence/correct',
      'beta/require/tls1.3/first/validity/expired',
      'beta/require/tls1.3/second/presence/correct',
      'beta/require/tls1.3/second/validity/expired',
    ],
  )
})

t.test('a cell says where it stands', async (t) => {
  const cells = matrix(peers)
  t.strictSame(
    cells.map(({ index }) => index),
    cells.map((_, index) => index),
  )
  t.match(cells[7], {
    ...{ index: 7, server: 'alpha', policy: 'require', tls: '1.2', client: 'second', selection: 'forced' },
    ...{ scenario: 'validity/expired', identity: 'expired' },
  })
})

t.test('an empty list of anything gives no cell', async (t) => {
  for (const empty of [{ servers: [] }, { clients: [] }, { scenarios: [] }]) {
    t.strictSame(matrix({ ...peers, ...empty }), [])
  }
})

const matches = [
  { policy: policy('require'), match: {}, expected: true },
  { policy: policy('require'), match: { clientCertificate: ['request', 'require'] }, expected: true },
  { policy: policy('none'), match: { clientCertificate: ['request', 'require'] }, expected: false },
  { policy: policy('require'), match: { clientCertificate: [] }, expected: false },
  { policy: policy('require'), match: { when: 'handshake' }, expected: true },
  { policy: policy('require', { when: 'late' }), match: { when: 'handshake' }, expected: false },
  {
    policy: policy('require', { when: 'late' }),
    match: { clientCertificate: ['require'], when: 'late' },
    expected: true,
  },
  {
    policy: policy('request', { when: 'late' }),
    match: { clientCertificate: ['require'], when: 'late' },
    expected: false,
  },
  { policy: policy('require'), match: { policies: ['require'] }, expected: true },
  { policy: policy('require'), match: { policies: ['request'] }, expected: false },
  { policy: policy('require', { situation: true }), match: {}, expected: false },
  { policy: policy('require', { situation: true }), match: { policies: ['require'] }, expected: true },
  { policy: policy('require'), match: { servers: ['alpha', 'beta'] }, expected: true },
  { policy: policy('require'), match: { servers: ['beta'] }, expected: false },
  { policy: policy('require'), match: { policies: ['require'], servers: ['beta'] }, expected: false },
] as const

for (const { policy: under, match, expected } of matches) {
  const text = `${under.clientCertificate} (${under.when}) and ${JSON.stringify(match)}`
  t.test(`${expected ? 'a cell' : 'no cell'} for ${text}`, async (t) => {
    t.equal(policyMatches('alpha', under, match), expected)
    const cells = matrix({
      servers: [server({ policies: [underTest({ policy: under })] })],
      clients: [client()],
      scenarios: [scenario('presence/correct', { server: match })],
    })
    t.equal(cells.length > 0, expected)
  })
}

t.test('a scenario for one TLS version has no cell in the other', async (t) => {
  const cells = matrix({
    ...{ servers: [server()], clients: [client()] },
    scenarios: [scenario('late/reset', { tls: ['1.3'] }), scenario('presence/correct')],
  })
  t.strictSame(
    cells.map(({ tls, scenario }) => `${tls} ${scenario}`),
    ['1.2 presence/correct', '1.3 late/reset', '1.3 presence/correct'],
  )
})

t.test("the selection is the scenario's", async (t) => {
  const cells = matrix({
    ...{ servers: [server()], clients: [client()] },
    scenarios: [scenario('browser/offered', { selection: 'browser' }), scenario('presence/correct')],
  })
  t.strictSame(
    cells.map(({ selection }) => selection),
    ['browser', 'forced', 'browser', 'forced'],
  )
})

t.test('of all that is registered: ids are unique, path-shaped and the same each time', async (t) => {
  const ids = matrix({ servers, clients, scenarios }).map(({ id }) => id)
  t.equal(new Set(ids).size, ids.length)
  t.strictSame(
    ids.filter((id) => !/^[a-z0-9.-]+\/[a-z0-9_-]+\/tls1\.[23](\/[a-z0-9-]+){4}$/.test(id)),
    [],
  )
  t.strictSame(
    matrix({ servers, clients, scenarios }).map(({ id }) => id),
    ids,
  )
})

t.test('of all that is registered: the cells of a group stand together', async (t) => {
  const groups = matrix({ servers, clients, scenarios }).map(groupOf)
  const changes = groups.filter((group, index) => group !== groups[index - 1])
  t.equal(changes.length, new Set(groups).size)
})
