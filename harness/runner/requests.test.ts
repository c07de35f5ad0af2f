/** Cells that do more than a GET with an identity: late requests, HTTP/2, the clear, browsers. Over real TLS. */
import t from 'tap'
import type { NamedScenario } from '../model/scenario.ts'
import { askingServer, welcome, type Asking } from './testdata/asking-server.ts'
import { about, browser, late, noAnswer, refusedAs403 } from './testdata/own-scenario.ts'
import { tryOut, type TrialOptions } from './testdata/trial.ts'

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

const withheld = { presented: false, chainLength: 0 }
const expectsLate = { ...noAnswer, asked: null }
const lateFailure = { expect: { refused: 'late-request-failed' }, tls: ['1.2'] } as const

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
      { ...refusedAs403, withheldBecause: 'no-issuer-in-ca-names' },
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
    scenario: about('correct', welcome, browser),
    outcome: 'fail',
    reason: /withheld because: expected none, observed no-issuer-in-ca-names$/,
    connections: 2,
  },
  {
    name: 'a browser does not offer what has expired',
    asking: late,
    scenario: about('expired', { ...refusedAs403, withheldBecause: 'validity' }, browser),
    outcome: 'pass',
    connections: 2,
    seen: { clientCertificate: { ...withheld, withheldBecause: 'validity' } },
  },
  {
    name: 'a browser that offers nothing for another reason than expected',
    asking: late,
    scenario: about('expired', { ...refusedAs403, withheldBecause: 'key-usage' }, browser),
    outcome: 'fail',
    reason: /^withheld because: expected key-usage, observed validity$/,
    connections: 2,
  },
  ...(['no-private-key', 'cancelled'] as const).map((why) => ({
    name: `a user of a browser sends nothing: ${why}`,
    asking: late,
    scenario: about(
      'correct',
      { ...refusedAs403, withheldBecause: why },
      {
        ...browser,
        withheld: why,
        expect: { refused: 'missing' } as const,
      },
    ),
    outcome: 'pass' as const,
    connections: 2,
    seen: { clientCertificate: { ...withheld, withheldBecause: why } },
  })),
  {
    name: 'a browser that nobody asks',
    asking: { when: 'never' },
    scenario: about('correct', { ...refusedAs403, withheldBecause: 'not-requested' }, browser),
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
    // The control runs first and last, where there is a refusal to control.
    const controls = own.answer?.verdict === 'accepted' ? 0 : 2
    t.equal(nonces.length, connections + controls)
    t.equal(new Set(nonces).size, nonces.length, 'every connection has a nonce of its own')
  })
}
