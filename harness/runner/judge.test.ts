/** Every sign counts, on both sides of the line, and every text names what was expected and what was observed. */
import t from 'tap'
import type { Signs } from '../model/answer.ts'
import type { Observation } from '../model/observation.ts'
import { judge } from './judge.ts'
import { expectation, observation } from './testdata/values.ts'

const rootA = Buffer.from('CN=root-a')
const rootB = Buffer.from('CN=root-b')

t.test('what was expected passes', async (t) => {
  t.strictSame(judge(expectation(), observation(), [rootA]), { outcome: 'pass', reason: null })
})

const verdicts = [
  { name: 'accepted as expected', expected: null, observed: null, reason: null },
  {
    name: 'refused instead of accepted',
    expected: null,
    observed: 'expired',
    reason: 'expected acceptance, the server refused: expired',
  },
  {
    name: 'accepted instead of refused',
    expected: 'expired',
    observed: null,
    reason: 'expected a refusal (expired), the server accepted',
  },
  { name: 'refused as expected', expected: 'expired', observed: 'expired', reason: null },
  {
    name: 'refused for another reason',
    expected: 'expired',
    observed: 'self-signed',
    reason: 'refused for another reason: expected expired, observed self-signed',
  },
  {
    name: 'refused in words of no table',
    expected: 'expired',
    observed: 'unrecognised',
    reason: 'refused for another reason: expected expired, observed unrecognised',
  },
] as const

for (const { name, expected, observed, reason } of verdicts) {
  t.test(`verdict: ${name}`, async (t) => {
    const expects = expectation({ cell: { accepted: expected === null, refused: expected } })
    const saw = observation({ accepted: observed === null, refusal: observed })
    t.strictSame(judge(expects, saw, [rootA]), { outcome: reason === null ? 'pass' : 'fail', reason })
  })
}

const signs = [
  { sign: 'status', value: 400, other: 403 },
  { sign: 'substatus', value: 16, other: 17 },
  { sign: 'alert', value: 'unknown_ca', other: 'bad_certificate' },
  { sign: 'win32', value: 2148204809, other: 2148204801 },
  { sign: 'verify', value: 'CERT_HAS_EXPIRED', other: 'CERT_NOT_YET_VALID' },
  { sign: 'user', value: 'CONTOSO\\ada', other: 'CONTOSO\\bob' },
] as const satisfies readonly {
  readonly sign: keyof Signs
  readonly value: unknown
  readonly other: unknown
}[]

for (const { sign, value, other } of signs) {
  const cases = [
    { expected: value, observed: value, reason: null },
    { expected: value, observed: other, reason: `${sign}: expected ${value}, observed ${other}` },
    { expected: value, observed: null, reason: `${sign}: expected ${value}, observed none` },
    { expected: null, observed: value, reason: `${sign}: expected none, observed ${value}` },
    { expected: null, observed: null, reason: null },
  ]
  for (const { expected, observed, reason } of cases) {
    t.test(`${sign}: ${expected ?? 'none'} expected, ${observed ?? 'none'} observed`, async (t) => {
      const saw = observation(showing({ status: 400, [sign]: observed }))
      t.strictSame(judge(expectation({ cell: { [sign]: expected } }), saw, [rootA]), {
        outcome: reason === null ? 'pass' : 'fail',
        reason,
      })
    })
  }
}

/** Nothing but these signs is seen; without a status there was no HTTP answer. */
function showing(seen: Partial<Signs>): Partial<Observation> {
  const { status = null, substatus = null, alert = null, win32 = null, verify = null, user = null } = seen
  return {
    handshake: { ...observation().handshake, alert: alert === null ? null : serverAlert(alert) },
    http: status === null ? null : { status, substatus, substatusFrom: 'log', reason: '' },
    serverLog: { win32, verify, user, line: 'a line' },
  }
}

function serverAlert(description: string) {
  return { from: 'server', description, code: 0, when: 'after-client-finished', received: true } as const
}

t.test("an alert of the client is not taken for the server's", async (t) => {
  const alert = { ...serverAlert('unknown_ca'), from: 'client' } as const
  const saw = observation({ handshake: { ...observation().handshake, alert } })
  for (const { expected, text } of [
    { expected: 'unknown_ca', text: 'unknown_ca' },
    { expected: null, text: 'none' },
  ]) {
    const { outcome, reason } = judge(expectation({ cell: { alert: expected } }), saw, [rootA])
    t.equal(outcome, 'fail')
    t.equal(reason, `alert: expected ${text}, observed unknown_ca (sent by the client)`)
  }
})

const requests = [
  { name: 'asked as expected', expected: [rootA], observed: [rootA], reason: null },
  { name: 'not asked as expected', expected: null, observed: null, reason: null },
  {
    name: 'not asked',
    expected: [rootA],
    observed: null,
    reason: 'CertificateRequest: expected handshake, observed none',
  },
  {
    name: 'asked against expectation',
    expected: null,
    observed: [rootA],
    reason: 'CertificateRequest: expected none, observed handshake',
  },
  { name: 'an empty list as expected', expected: [], observed: [], reason: null },
  { name: 'a list instead of none', expected: [], observed: [rootA] },
  { name: 'no list instead of one', expected: [rootA], observed: [] },
  { name: 'two names in order', expected: [rootA, rootB], observed: [rootA, rootB], reason: null },
  { name: 'the names in another order', expected: [rootA, rootB], observed: [rootB, rootA] },
  { name: 'a name too many', expected: [rootA], observed: [rootA, rootB] },
  { name: 'a name too few', expected: [rootA, rootB], observed: [rootA] },
  { name: 'a name twice', expected: [rootA], observed: [rootA, rootA] },
  { name: 'another name', expected: [rootA], observed: [rootB] },
] as const

for (const { name, expected, observed, ...rest } of requests) {
  t.test(`CertificateRequest: ${name}`, async (t) => {
    const saw = observation({
      certificateRequest: observed && {
        ...{ when: 'handshake', signatureSchemes: [], certificateTypes: [] },
        certificateAuthorities: texts(observed),
      },
    })
    const expects = expectation({
      authorities: expected,
      cell: {
        asked: expected && 'handshake',
        certificateAuthorities: expected && texts(expected),
      },
    })
    const listed = `CA names: expected ${json(expected)}, observed ${json(observed)}`
    const reason = 'reason' in rest ? rest.reason : listed
    t.strictSame(judge(expects, saw, observed), { outcome: reason === null ? 'pass' : 'fail', reason })
  })
}

t.test('CA names: the same text in another encoding fails', async (t) => {
  const utf8 = Buffer.from('300c310a300806035504030c0141', 'hex')
  const printable = Buffer.from('300c310a30080603550403130141', 'hex')
  t.strictSame(judge(expectation({ authorities: [utf8] }), observation(), [printable]), {
    outcome: 'fail',
    reason:
      'CA names, encoded: expected ["300c310a300806035504030c0141"], observed ["300c310a30080603550403130141"]',
  })
})

const presentations = [
  { name: 'presented as expected', expected: true, presented: true, reason: null },
  {
    name: 'withheld',
    expected: true,
    presented: false,
    reason: 'certificate presented: expected true, observed no-signature-algorithm',
  },
  { name: 'nothing to present', expected: false, presented: false, reason: null },
  {
    name: 'presented where it must not be',
    expected: false,
    presented: true,
    reason: 'certificate presented: expected false, observed true',
  },
]

for (const { name, expected, presented, reason } of presentations) {
  t.test(`certificate: ${name}`, async (t) => {
    const withheldBecause = expected && !presented ? 'no-signature-algorithm' : null
    const saw = observation({ clientCertificate: { presented, chainLength: 0, withheldBecause } })
    t.equal(judge(expectation({ presented: expected }), saw, [rootA]).reason, reason)
  })
}

t.test('every difference is named, the verdict first', async (t) => {
  const saw = observation({
    accepted: true,
    refusal: null,
    ...showing({ status: 200, verify: 'authorized' }),
  })
  t.equal(
    judge(expectation({ cell: { verify: 'CERT_HAS_EXPIRED' } }), saw, [rootA]).reason,
    'expected a refusal (expired), the server accepted; status: expected 400, observed 200; ' +
      'verify: expected CERT_HAS_EXPIRED, observed authorized',
  )
})

function texts(names: readonly Buffer[]): readonly string[] {
  return names.map(String)
}

function json(names: readonly Buffer[] | null): string {
  return JSON.stringify(names && texts(names))
}
