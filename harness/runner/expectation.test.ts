import t from 'tap'
import type { ScenarioAnswer } from '../model/answer.ts'
import { expectationOf } from './expectation.ts'
import { answer, answers, cell, pki, policy, scenario, underTest } from './testdata/values.ts'

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
      ...{ asked: 'handshake', closedBy: null, http2Reset: null, win32Confidence: null, note: null },
      source: 'a page',
    },
    answer: refused,
    authorities: [Buffer.from('CN=root-a')],
    presented: true,
    withheldBecause: undefined,
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
  {
    name: 'asks with the names of a crowd behind its own',
    names: { authorities: ['root-a'], crowd: 2 },
    texts: ['CN=root-a', 'CN=crowd-1', 'CN=crowd-2'],
  },
  {
    name: 'asks with nobody of the crowd',
    names: { authorities: ['root-b'], crowd: 0 },
    texts: ['CN=root-b'],
  },
  { name: 'does not ask', names: null, texts: null },
] as const

for (const { name, names, texts } of requests) {
  t.test(`a server that ${name}`, async (t) => {
    const changes = { underTest: underTest({ certificateAuthorities: names }) }
    const expectation = expectationOf(cell({ ...changes, namedScenario: expired }), issued)
    t.strictSame(expectation.cell.certificateAuthorities, texts)
    t.strictSame(expectation.authorities?.map(String) ?? null, texts)
    t.equal(expectation.cell.asked, names && 'handshake')
    t.equal(expectation.presented, names !== null, 'a certificate crosses the wire where the server asks')
    const empty = expectationOf(cell({ ...changes, namedScenario: missing, identity: 'missing' }), issued)
    t.equal(empty.presented, false, 'an empty chain never does')
  })
}

t.test('nobody is made for the crowd unless some of it is named', async (t) => {
  const crowdless = {
    ...issued,
    get crowd(): never {
      throw new Error('made')
    },
  }
  t.doesNotThrow(() => expectationOf(cell(), crowdless))
})

const own: ScenarioAnswer = answer({ status: 403, substatus: 13, win32: 2148081683, source: 'another page' })
const withAnswer = (changes: Partial<ScenarioAnswer>) => scenario('own', { answer: { ...own, ...changes } })

t.test("the scenario's own answer stands in the place of the table's row", async (t) => {
  const changes = {
    asked: 'late',
    closedBy: 'fin',
    http2Reset: 'CANCEL',
    win32Confidence: 'inferred',
    note: 'played',
  } as const
  const namedScenario = { ...withAnswer(changes), expect: { refused: 'revocation-unknown' } } as const
  const { cell: expected, answer: used } = expectationOf(cell({ namedScenario }), issued)
  t.match(expected, {
    ...changes,
    status: 403,
    substatus: 13,
    refused: 'revocation-unknown',
    accepted: false,
  })
  t.equal(used.source, 'another page')
})

t.test('a situation has a row for the control, and every other answer is its scenario\u2019s', async (t) => {
  const situation = underTest({ answers: { accepted: answer({ verdict: 'accepted', status: 200 }) } })
  const control = scenario('correct', { expect: { accepted: true } })
  t.equal(expectationOf(cell({ underTest: situation, namedScenario: control }), issued).cell.status, 200)
  t.throws(() => expectationOf(cell({ underTest: situation }), issued), { code: 'ERR_NO_ANSWER' })
})

t.test('a denial without an answer of its own has no row', async (t) => {
  const denied = scenario('denied', { expect: { refused: 'mapping-denied' } })
  t.throws(() => expectationOf(cell({ namedScenario: denied }), issued), { code: 'ERR_NO_ANSWER' })
  const { cell: expected } = expectationOf(cell({ namedScenario: { ...denied, answer: own } }), issued)
  t.equal(expected.refused, 'mapping-denied')
})

const late = underTest({ policy: policy('require', { when: 'late' }) })
const silent = underTest({ certificateAuthorities: null })

const timings = [
  { name: 'as the policy says', under: late, changes: {}, asked: 'late', presented: true },
  { name: 'as the policy says: never', under: silent, changes: {}, asked: null, presented: false },
  { name: 'the answer says never', under: late, changes: { asked: null }, asked: null, presented: false },
  {
    name: 'the answer says otherwise',
    under: late,
    changes: { asked: 'handshake' },
    asked: 'handshake',
    presented: true,
  },
] as const

for (const { name, under, changes, asked, presented } of timings) {
  t.test(`CertificateRequest: ${name}`, async (t) => {
    const namedScenario = withAnswer(changes)
    const expectation = expectationOf(cell({ underTest: under, namedScenario }), issued)
    t.equal(expectation.cell.asked, asked)
    t.strictSame(expectation.cell.certificateAuthorities, asked && ['CN=root-a'])
    t.equal(expectation.presented, presented)
  })
}

t.test('what a browser does not offer is not expected to cross the wire', async (t) => {
  t.equal(expectationOf(cell(), issued, false).presented, false)
  t.equal(expectationOf(cell(), issued, true).presented, true)
})

t.test('why nothing is offered is a browser\u2019s business alone', async (t) => {
  const namedScenario = withAnswer({ withheldBecause: 'validity' })
  t.equal(expectationOf(cell({ namedScenario, selection: 'browser' }), issued).withheldBecause, 'validity')
  t.equal(expectationOf(cell({ selection: 'browser' }), issued).withheldBecause, null, 'it is to offer')
  t.equal(expectationOf(cell({ namedScenario }), issued).withheldBecause, undefined)
})

t.test('nobody asks in the clear', async (t) => {
  const plain = { ...withAnswer({}), request: { scheme: 'http' } } as const
  const expectation = expectationOf(cell({ namedScenario: plain }), issued)
  t.match(expectation, {
    cell: { asked: null, certificateAuthorities: null },
    authorities: null,
    presented: false,
  })
})
