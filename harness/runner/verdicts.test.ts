/**
 * The proof that a run can fail: a wrong table or a wrong server, one thing at a time, over real TLS.
 * Servers that break are verdicts.broken.test.ts; a run that is ended early is verdicts.abort.test.ts.
 */
import t from 'tap'
import { answerFor, type Answers } from '../model/answer.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Policy } from '../model/policy.ts'
import type { PolicyUnderTest, ServerBackend } from '../model/server.ts'
import { tlsVersions } from '../model/tls.ts'
import { nodeHttps } from '../../servers/node-https/index.ts'
import { tlsStart } from './testdata/bad-servers.ts'
import { pki, requiring, scenarios, tryOut, type TrialOptions } from './testdata/trial.ts'

interface Case {
  readonly name: string
  readonly server: ServerBackend
  readonly options?: Partial<TrialOptions>
  readonly outcomes: Readonly<Record<'correct' | 'missing' | 'expired' | 'self-signed', Outcome>>
  /** identity -> what its reason says; every other cell passes without one. */
  readonly reasons: Readonly<Record<string, RegExp>>
}

const allPass = { correct: 'pass', missing: 'pass', expired: 'pass', 'self-signed': 'pass' } as const
const voided = { correct: 'fail', missing: 'error', expired: 'error', 'self-signed': 'error' } as const

/** The same words for each refused cell of a group whose control failed. */
const everyRefusal = (reason: RegExp) => ({ missing: reason, expired: reason, 'self-signed': reason })

const answerOk = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'

const cases: readonly Case[] = [
  { name: 'clean: a right server and a right table', server: requiring(), outcomes: allPass, reasons: {} },
  {
    name: 'a wrong expectation in the table',
    server: expecting({
      expired: { ...rowOf('expired'), status: 400, alert: 'certificate_expired', verify: 'CERT_IS_OLD' },
    }),
    outcomes: { ...allPass, expired: 'fail' },
    reasons: {
      expired:
        /^status: expected 400, observed none; alert: expected certificate_expired, observed none; verify: expected CERT_IS_OLD, observed CERT_HAS_EXPIRED$/,
    },
  },
  {
    name: 'a table that expects acceptance',
    server: expecting({ expired: rowOf('accepted') }),
    outcomes: { ...allPass, expired: 'fail' },
    reasons: {
      expired: /^expected acceptance, the server refused: expired; status: expected 200, observed none/,
    },
  },
  {
    name: 'verification switched off (rejectUnauthorized)',
    server: startedWith((policy) => ({ ...policy, clientCertificate: 'request' })),
    outcomes: { ...voided, correct: 'pass', missing: 'fail', expired: 'fail', 'self-signed': 'fail' },
    reasons: {
      missing: /^expected a refusal \(missing\), the server accepted; status: expected none, observed 200/,
      expired: /^expected a refusal \(expired\), the server accepted; status: expected none, observed 200$/,
      'self-signed': /^expected a refusal \(self-signed\), the server accepted/,
    },
  },
  {
    name: 'nothing asked and nothing verified',
    server: startedWith((policy) => ({ ...policy, clientCertificate: 'none' })),
    outcomes: voided,
    reasons: {
      correct:
        /^verify: expected authorized, observed none; CertificateRequest: expected handshake, observed none; certificate presented: expected true, observed not-requested$/,
      ...everyRefusal(/^the first control \(correct\) did not pass, .*: verify: expected authorized/),
    },
  },
  {
    name: 'every client is refused',
    server: startedWith((policy) => ({ ...policy, trust: ['root-b'] })),
    outcomes: voided,
    reasons: {
      correct:
        /^expected acceptance, the server refused: untrusted-issuer; status: expected 200, observed none/,
      ...everyRefusal(
        /^the first control \(correct\) did not pass, so nothing that this policy refused counts: /,
      ),
    },
  },
  {
    name: 'every client is refused, in the very words that one refusal expects',
    server: requiring({ start: tlsStart((socket) => socket.destroy(), 'CERT_HAS_EXPIRED') }),
    outcomes: voided,
    reasons: {
      correct: /^expected acceptance, the server refused: expired/,
      ...everyRefusal(/^the first control \(correct\) did not pass/),
    },
  },
  {
    name: '200 for everybody, and the log says that all is well',
    server: requiring({
      start: tlsStart((socket) => void socket.once('data', () => socket.end(answerOk)), 'authorized'),
    }),
    outcomes: { correct: 'pass', missing: 'fail', expired: 'fail', 'self-signed': 'fail' },
    reasons: {
      missing: /^expected a refusal \(missing\), the server accepted/,
      expired: /^expected a refusal \(expired\), the server accepted/,
      'self-signed': /^expected a refusal \(self-signed\), the server accepted/,
    },
  },
  {
    name: 'refused for another reason',
    server: requiring(),
    options: {
      pki: { ...pki, identities: new Map(pki.identities).set('expired', identityOf('self-signed')) },
    },
    outcomes: { ...allPass, expired: 'fail' },
    reasons: {
      expired:
        /^refused for another reason: expected expired, observed self-signed; verify: expected CERT_HAS_EXPIRED, observed DEPTH_ZERO_SELF_SIGNED_CERT$/,
    },
  },
  {
    name: 'other CA names',
    server: requiring({ policies: required({ certificateAuthorities: ['root-b'] }) }),
    outcomes: voided,
    reasons: {
      correct: /^CA names: expected \["CN=root-b,[^"]*"\], observed \["CN=root-a,[^"]*"\]$/,
      ...everyRefusal(/^the first control .*: CA names: expected/),
    },
  },
  {
    name: 'CA names where none are expected',
    server: requiring({ policies: required({ certificateAuthorities: [] }) }),
    outcomes: voided,
    reasons: {
      correct: /^CA names: expected \[\], observed \["CN=[^"]*"\]$/,
      ...everyRefusal(/^the first control .*: CA names: expected \[\]/),
    },
  },
  {
    name: 'no log line',
    server: requiring({
      start: async (options) => ({ ...(await nodeHttps.start(options)), serverLog: async () => null }),
    }),
    outcomes: voided,
    reasons: {
      correct: /^verify: expected authorized, observed none$/,
      ...everyRefusal(/^the first control .*: verify: expected authorized, observed none$/),
    },
  },
  {
    name: 'no log line for a refusal',
    server: requiring({
      start: async (options) => {
        const started = await nodeHttps.start(options)
        return {
          ...started,
          async serverLog(connection, signal) {
            const entry = await started.serverLog(connection, signal)
            return entry?.verify === 'authorized' ? entry : null
          },
        }
      },
    }),
    outcomes: { correct: 'pass', missing: 'fail', expired: 'fail', 'self-signed': 'fail' },
    reasons: {
      missing:
        /^refused for another reason: expected missing, observed unrecognised; verify: expected .*, observed none$/,
      expired:
        /^refused for another reason: expected expired, observed unrecognised; verify: expected CERT_HAS_EXPIRED, observed none$/,
      'self-signed': /^refused for another reason: expected self-signed, observed unrecognised/,
    },
  },
  {
    name: 'a stale deviation',
    server: requiring(),
    options: {
      deviations: [
        { cells: '**/expired', observed: { accepted: true }, reason: 'Node forgives', source: 'a rumour' },
      ],
    },
    outcomes: { ...allPass, expired: 'fail' },
    reasons: { expired: /^stale deviation: the cell passes now; remove '\*\*\/expired'/ },
  },
]

for (const { name, server, options, outcomes, reasons } of cases) {
  for (const tls of tlsVersions) {
    t.test(`${name}, TLS ${tls}`, async (t) => {
      const trial = await tryOut(t, { servers: [server], tls, ...options })
      t.strictSame(trial.outcomes, outcomes)
      for (const { identity, outcome, reason } of trial.cells) {
        if (outcome === 'pass') t.equal(reason, null, identity)
        else t.match(reason, reasons[identity] ?? 'an expected reason', identity)
      }
    })
  }
}

t.test('the control is the cell of the group wherever it stands, and keeps its place', async (t) => {
  const [correct, ...others] = scenarios
  const { cells, outcomes } = await tryOut(t, { servers: [requiring()], scenarios: [...others, correct!] })
  t.strictSame(outcomes, allPass)
  // The cells of TLS 1.3 come after four of TLS 1.2.
  t.strictSame(
    cells.map(({ index, identity }) => [index, identity]),
    [
      [4, 'missing'],
      [5, 'expired'],
      [6, 'self-signed'],
      [7, 'correct'],
    ],
  )
})

t.test('the control runs also where it was not selected, and is not reported', async (t) => {
  const expired = scenarios.filter(({ identity }) => identity === 'expired')
  const clean = await tryOut(t, { servers: [requiring()], scenarios: expired })
  t.strictSame(clean.outcomes, { expired: 'pass' })
  const server = startedWith((policy) => ({ ...policy, trust: ['root-b'] }))
  const { outcomes, reasonOf } = await tryOut(t, { servers: [server], scenarios: expired })
  t.strictSame(outcomes, { expired: 'error' })
  t.match(reasonOf('expired'), /^the first control \(correct\) did not pass/)
})

function required(changes: Partial<PolicyUnderTest>): readonly PolicyUnderTest[] {
  return requiring().policies.map((underTest) => ({ ...underTest, ...changes }))
}

function expecting(changes: Partial<Answers>): ServerBackend {
  return requiring({
    policies: requiring().policies.map((underTest) => ({
      ...underTest,
      answers: { ...underTest.answers, ...changes },
    })),
  })
}

/** The server is started with other settings than the ones that its table is about. */
function startedWith(change: (policy: Policy) => Policy): ServerBackend {
  return requiring({
    start: (options) => nodeHttps.start({ ...options, policies: options.policies.map(change) }),
  })
}

function rowOf(key: 'accepted' | 'expired') {
  const table = requiring().policies[0]?.answers
  if (table === undefined) throw new Error('no table')
  return answerFor(table, key, '1.3')
}

function identityOf(name: string) {
  const identity = pki.identities.get(name)
  if (!identity) throw new Error(`no identity ${name}`)
  return identity
}
