import t from 'tap'
import { expectationOf } from './expectation.ts'
import { answer, answers, cell, pki, scenario, underTest } from './testdata/values.ts'

const issued = pki({ expired: 1, missing: 0 })
const expired = scenario('expired', { expect: { refused: 'expired' } })
const missing = scenario('missing', { expect: { refused: 'missing' } })

t.test("the scenario's reason, looked up in the server's table", async (t) => {
  const refused = answer({ status: 403, substatus: 17, win32: 2148204801, source: 'a page' })
  const expectation = expectationOf(cell({ underTest: underTest({ answers: answers(refused) }) }), issued)
  t.strictSame(expectation, {
    cell: {
      ...{ accepted: false, refused: 'expired', certificateAuthorities: ['CN=root-a'] },
      ...{ alert: null, status: 403, substatus: 17, win32: 2148204801, verify: null, user: null },
      source: 'a page',
    },
    answer: refused,
    authorities: [Buffer.from('CN=root-a')],
    presented: true,
  })
})

t.test('a row that differs between the TLS versions', async (t) => {
  const rows = {
    '1.2': answer({ alert: 'handshake_failure' }),
    '1.3': answer({ alert: 'certificate_required' }),
  }
  const table = underTest({ answers: { ...answers(), expired: rows } })
  for (const tls of ['1.2', '1.3'] as const) {
    t.equal(expectationOf(cell({ underTest: table, tls }), issued).cell.alert, rows[tls].alert)
  }
})

const verdicts = [
  { name: 'accepted', key: { accepted: true }, accepts: true, accepted: true, refused: null },
  { name: 'refused', key: { refused: 'expired' }, accepts: false, accepted: false, refused: 'expired' },
  {
    name: 'a fault that this policy lets pass',
    key: { refused: 'expired' },
    accepts: true,
    accepted: true,
    refused: null,
  },
] as const

for (const { name, key, accepts, accepted, refused } of verdicts) {
  t.test(`verdict: ${name}`, async (t) => {
    const table = answers(answer({ verdict: accepts ? 'accepted' : 'refused' }))
    const namedScenario = scenario('expired', { expect: key })
    t.match(expectationOf(cell({ underTest: underTest({ answers: table }), namedScenario }), issued).cell, {
      accepted,
      refused,
    })
  })
}

const requests = [
  { name: 'asks with one name', names: ['root-a'], texts: ['CN=root-a'] },
  { name: 'asks with two, in order', names: ['root-b', 'root-a'], texts: ['CN=root-b', 'CN=root-a'] },
  { name: 'asks without a name', names: [], texts: [] },
  { name: 'does not ask', names: null, texts: null },
] as const

for (const { name, names, texts } of requests) {
  t.test(`a server that ${name}`, async (t) => {
    const changes = { underTest: underTest({ certificateAuthorities: names }) }
    const expectation = expectationOf(cell({ ...changes, namedScenario: expired }), issued)
    t.strictSame(expectation.cell.certificateAuthorities, texts)
    t.strictSame(expectation.authorities?.map(String) ?? null, texts)
    t.equal(expectation.presented, names !== null, 'a certificate crosses the wire where the server asks')
    const empty = expectationOf(cell({ ...changes, namedScenario: missing, identity: 'missing' }), issued)
    t.equal(empty.presented, false, 'an empty chain never does')
  })
}
