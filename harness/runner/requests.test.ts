/** Cells that do more than a GET with an identity: late requests, HTTP/2, the clear, browsers. Over real TLS. */
import t from 'tap'
import { node } from '../clients/node.ts'
import { openssl } from '../clients/openssl.ts'
import type { ScenarioAnswer } from '../model/answer.ts'
import type { Client } from '../model/client.ts'
import type { NamedScenario } from '../model/scenario.ts'
import type { Offers } from './browser.ts'
import { evidenceText } from './evidence.ts'
import { askingServer, welcome, type Asking } from './testdata/asking-server.ts'
import { tryOut, type TrialOptions } from './testdata/trial.ts'
import { answer, scenario } from './testdata/values.ts'

const refusedAs403 = answer({ status: 403 })
const noAnswer = answer({ status: null })

type Changes = Partial<NamedScenario>

/** One more scenario beside the control. */
function about(identity: string, own: ScenarioAnswer, changes: Changes = {}): NamedScenario {
  const refused = { refused: 'missing' } as const
  const expect = own.verdict === 'accepted' ? ({ accepted: true } as const) : refused
  return scenario(`own/${identity}`, { identity, answer: own, expect, ...changes })
}

interface Case {
  readonly name: string
  readonly asking: Asking
  readonly scenario: NamedScenario
  readonly options?: Partial<TrialOptions>
  readonly outcome: 'pass' | 'fail' | 'error' | 'unsupported'
  readonly reason?: RegExp
  readonly seen?: object
  /** Of the cell alone; a browser makes two. */
  readonly connections?: number
}

const late = { when: 'late' } as const
const withheld = { presented: false, chainLength: 0 }
const expectsLate = { ...noAnswer, asked: null }
const lateFailure = { expect: { refused: 'late-request-failed' }, tls: ['1.2'] } as const
const browser = { selection: 'browser' } as const

const cases: readonly Case[] = [
  {
    name: 'asked late, and presented',
    asking: late,
    scenario: about('correct', welcome),
    outcome: 'pass',
    seen: {
      certificateRequest: { when: 'late', certificateAuthorities: [/^CN=root-a/i] },
      clientCertificate: { presented: true, chainLength: 1, withheldBecause: null },
    },
  },
  {
    name: 'asked late, and there is none',
    asking: late,
    scenario: about('missing', refusedAs403),
    outcome: 'pass',
    seen: { certificateRequest: { when: 'late' }, clientCertificate: withheld, refusal: 'missing' },
  },
  {
    name: 'asked late where the handshake was expected',
    asking: late,
    scenario: about('correct', { ...welcome, asked: 'handshake' }),
    outcome: 'fail',
    reason: /^CertificateRequest: expected handshake, observed late$/,
  },
  {
    name: 'asked late where nobody was to ask',
    asking: late,
    scenario: about('correct', { ...welcome, asked: null }),
    outcome: 'fail',
    reason:
      /^CertificateRequest: expected none, observed late; certificate presented: expected false, observed true$/,
  },
  {
    name: 'a client that refuses to renegotiate',
    asking: late,
    scenario: about(
      'correct',
      { ...expectsLate, alert: 'handshake_failure' },
      {
        ...lateFailure,
        request: { renegotiation: 'refuse' },
      },
    ),
    outcome: 'pass',
    seen: {
      certificateRequest: null,
      clientCertificate: { ...withheld, withheldBecause: 'not-requested' },
      handshake: { alert: { from: 'server', description: 'handshake_failure' } },
    },
  },
  {
    name: 'a reset is expected, and no answer',
    asking: { when: 'handshake', resets: true },
    scenario: about('missing', { ...noAnswer, closedBy: 'rst' }, lateFailure),
    outcome: 'pass',
    seen: { http: null, handshake: { closedBy: 'rst' }, serverLog: null },
  },
  {
    name: 'an answer where a reset is expected',
    asking: { when: 'handshake' },
    scenario: about('missing', { ...noAnswer, closedBy: 'rst' }),
    outcome: 'fail',
    reason: /^status: expected none, observed 403; closed by: expected rst, observed (client|fin)$/,
  },
  {
    name: 'an HTTP/2 stream that is reset',
    asking: { when: 'handshake', onStream: (stream) => stream.close(0xd) },
    scenario: about(
      'correct',
      { ...noAnswer, http2Reset: 'HTTP_1_1_REQUIRED' },
      {
        ...{ expect: { refused: 'late-request-failed' }, request: { http: '2' } },
      },
    ),
    outcome: 'pass',
    seen: { http2Reset: 'HTTP_1_1_REQUIRED', http: null },
  },
  {
    name: 'in the clear',
    asking: { when: 'handshake', http: true },
    scenario: about('missing', refusedAs403, {
      ...{ expect: { refused: 'tls-required' }, request: { scheme: 'http', path: '/app/' } },
    }),
    outcome: 'pass',
    seen: {
      handshake: { version: null, cipherSuite: null, clientFinished: false },
      certificateRequest: null,
      refusal: 'tls-required',
    },
  },
  {
    name: 'in the clear where there is no such port',
    asking: { when: 'handshake' },
    scenario: about('missing', refusedAs403, { request: { scheme: 'http' } }),
    outcome: 'error',
    reason: /^ERR_NO_ENDPOINT: the server has no endpoint for plain HTTP for the policy 'require'$/,
  },
  {
    name: 'a browser that is asked in the handshake and offers',
    asking: { when: 'handshake' },
    scenario: about('correct', welcome, browser),
    outcome: 'pass',
    connections: 2,
    seen: { clientCertificate: { presented: true, withheldBecause: null } },
  },
  {
    name: 'a browser that is asked late and offers',
    asking: late,
    scenario: about('correct', welcome, browser),
    outcome: 'pass',
    connections: 2,
    seen: { certificateRequest: { when: 'late' }, clientCertificate: { presented: true } },
  },
  {
    name: 'a browser whose issuer is not listed',
    asking: { when: 'handshake', names: ['root-b'] },
    scenario: about(
      'correct',
      { ...refusedAs403, presented: false },
      {
        ...browser,
        expect: { refused: 'missing' },
      },
    ),
    outcome: 'pass',
    connections: 2,
    seen: { clientCertificate: { ...withheld, withheldBecause: 'no-issuer-in-ca-names' } },
  },
  {
    name: 'a browser that does not offer, where it should',
    asking: { when: 'handshake', names: ['root-b'] },
    scenario: about('correct', { ...welcome, presented: true }, browser),
    outcome: 'fail',
    reason: /certificate presented: expected true, observed no-issuer-in-ca-names$/,
    connections: 2,
  },
  {
    name: 'a browser does not offer what has expired',
    asking: late,
    scenario: about('expired', refusedAs403, browser),
    outcome: 'pass',
    connections: 2,
    seen: { clientCertificate: { ...withheld, withheldBecause: 'validity' } },
  },
  ...(['no-private-key', 'cancelled'] as const).map((why) => ({
    name: `a user of a browser sends nothing: ${why}`,
    asking: late,
    scenario: about('correct', refusedAs403, {
      ...browser,
      withheld: why,
      expect: { refused: 'missing' } as const,
    }),
    outcome: 'pass' as const,
    connections: 2,
    seen: { clientCertificate: { ...withheld, withheldBecause: why } },
  })),
  {
    name: 'a browser that nobody asks',
    asking: { when: 'never' },
    scenario: about('correct', { ...refusedAs403, presented: false }, browser),
    outcome: 'error',
    // The control has nothing to show either.
    reason: /^the first control/,
  },
  {
    name: 'a browser without a certificate connects once',
    asking: { when: 'handshake' },
    scenario: about('missing', refusedAs403, browser),
    outcome: 'pass',
    connections: 1,
    seen: { clientCertificate: { ...withheld, withheldBecause: null } },
  },
]

for (const { name, asking, scenario: own, options, outcome, reason, seen, connections = 1 } of cases) {
  t.test(name, async (t) => {
    const { backend, nonces } = askingServer(asking)
    const trial = await tryOut(t, { servers: [backend], tls: '1.2', scenarios: [own], ...options })
    const [cell, ...others] = trial.cells
    t.equal(others.length, 0)
    t.equal(cell?.outcome, outcome, cell?.reason ?? 'no reason')
    t.match(cell?.reason, reason ?? null)
    if (seen !== undefined && outcome !== 'error') t.match(cell?.observed, seen)
    if (outcome === 'error') return
    // The control runs first and last.
    t.equal(nonces.length, connections + 2)
    t.equal(new Set(nonces).size, nonces.length, 'every connection has a nonce of its own')
  })
}

t.test('evidence and ladder show both handshakes', async (t) => {
  const texts: string[] = []
  const { backend } = askingServer(late)
  const { cells } = await tryOut(t, {
    ...{ servers: [backend], tls: '1.2', scenarios: [about('correct', welcome)] },
    evidence: {
      write: async (...evidence) => {
        texts.push(evidenceText(...evidence))
        return 'kept'
      },
    },
  })
  const labels = cells[0]?.ladder.map(({ from, label }) => `${from} ${label}`) ?? []
  t.equal(labels.filter((label) => label === 'client ClientHello').length, 2)
  const second = labels.slice(labels.indexOf('server HelloRequest'))
  for (const label of ['server CertificateRequest', 'client Certificate', 'client CertificateVerify']) {
    t.ok(second.includes(label), label)
  }
  t.match(texts[0], /^<- \* hello_request$/m)
  t.match(texts[0], /^<- \* certificate_request .*names "CN=/m)
  t.match(texts[0], /^-> \* certificate {10}chain of 1/m)
  t.equal(texts[0]?.match(/^CLIENT_RANDOM /gm)?.length, 2)
  t.notMatch(texts[0], /problem|opaque/)
})

t.test('evidence and ladder of what went in the clear', async (t) => {
  const { backend } = askingServer({ when: 'handshake', http: true })
  const changes = { expect: { refused: 'tls-required' }, request: { scheme: 'http', path: '/app/' } } as const
  const { cells } = await tryOut(t, {
    ...{ servers: [backend], tls: '1.2', scenarios: [about('missing', refusedAs403, changes)] },
  })
  t.match(cells[0]?.ladder, [
    { from: 'client', encrypted: false, label: 'application data', detail: /^GET \/app\/\?cell=/ },
    { from: 'server', encrypted: false, label: 'application data', detail: /^HTTP\/1\.1 403 Any / },
  ])
})

const probed = await openssl.probe()

t.test(
  's_client is asked late, and does not contradict the dissector',
  { skip: probed.available ? false : probed.reason },
  async (t) => {
    for (const own of [about('correct', welcome), about('missing', refusedAs403)]) {
      const { backend } = askingServer(late)
      const options = { servers: [backend], tls: '1.2', scenarios: [own], client: openssl } as const
      const { cells } = await tryOut(t, options)
      t.equal(cells[0]?.outcome, 'pass', cells[0]?.reason ?? 'no reason')
    }
  },
)

t.test('a browser whose first connection shows nothing is an error', async (t) => {
  const { backend } = askingServer({ when: 'handshake' })
  const { cells } = await tryOut(t, {
    ...{ servers: [backend], tls: '1.2', scenarios: [about('correct', welcome, browser)] },
    client: losing('nothing'),
  })
  t.match(cells[0], {
    outcome: 'error',
    reason:
      'ERR_FIRST_CONNECTION: the connection without a certificate, which a browser makes first: no answer within 5000 ms',
  })
})

t.test('the rules of the offer are given what was asked for, and believed', async (t) => {
  const asked: Parameters<Offers>[] = []
  const offers: Offers = (...args) => {
    asked.push(args)
    return { offered: false, because: 'a whim' }
  }
  const { backend } = askingServer(late)
  const own = about('correct', refusedAs403, { ...browser, expect: { refused: 'missing' } })
  const { cells } = await tryOut(t, { servers: [backend], tls: '1.2', scenarios: [own], offers })
  t.match(cells[0], { outcome: 'pass', observed: { clientCertificate: { withheldBecause: 'a whim' } } })
  const [[identity, request, nowMs] = []] = asked
  t.equal(asked.length, 1)
  t.equal(identity?.name, 'correct')
  t.equal(request?.authorities.length, 1)
  t.ok(request?.signatureSchemes.includes('rsa_pss_rsae_sha256'))
  t.ok(Math.abs(Date.now() - (nowMs ?? 0)) < 60_000)
})

/** The node client, but connections with this identity pass their deadline. */
function losing(identity: string): Client {
  return {
    ...node,
    async open(directory) {
      const client = await node.open(directory)
      return {
        ...client,
        async connect(request) {
          const report = await client.connect(request)
          return request.identity.name === identity ? { ...report, closedBy: 'timeout' } : report
        },
      }
    },
  }
}
