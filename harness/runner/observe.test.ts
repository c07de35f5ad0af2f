import t from 'tap'
import type { Signs } from '../model/answer.ts'
import type { Observation } from '../model/observation.ts'
import type { Reason } from '../model/refusal.ts'
import type { HttpAnswer, ServerLogEntry } from '../model/server.ts'
import { observe, requestedAuthorities, type Measured } from './observe.ts'
import { alert, certificate, certificateRequest, finished, message } from './testdata/values.ts'
import { report, transcript } from './testdata/values.ts'

const nothing = { reasonsFor: () => [], substatusOf: () => null }

function observed(changes: Partial<Measured> = {}): Observation {
  return observe({
    ...{ report: report(), transcript: transcript(), log: null, server: nothing },
    ...{ hasCertificate: true, expectedReason: null, notOffered: null },
    ...changes,
  })
}

const ok: HttpAnswer = { status: 200, reason: 'OK', headers: {}, body: '' }
const line: ServerLogEntry = {
  ...{ line: 'a line', status: 403, substatus: 16, win32: 2148204809 },
  ...{ user: 'ada', verify: 'FAILED' },
}

for (const { status, accepted } of [
  { status: null, accepted: false },
  { status: 199, accepted: false },
  { status: 200, accepted: true },
  { status: 299, accepted: true },
  { status: 300, accepted: false },
  { status: 403, accepted: false },
]) {
  t.test(`HTTP ${status ?? 'nothing'} is ${accepted ? 'acceptance' : 'refusal'}`, async (t) => {
    const http = status === null ? null : { ...ok, status }
    t.match(observed({ report: report({ http }) }), {
      accepted,
      refusal: accepted ? null : 'unrecognised',
    })
  })
}

t.test('nothing but a connection that ended', async (t) => {
  t.strictSame(observed({ report: report({ closedBy: 'rst' }), hasCertificate: false }), {
    accepted: false,
    refusal: 'unrecognised',
    handshake: {
      ...{ clientFinished: false, version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256' },
      ...{ alert: null, closedBy: 'rst' },
    },
    certificateRequest: null,
    clientCertificate: { presented: false, chainLength: 0, withheldBecause: null },
    http: null,
    http2Reset: null,
    serverLog: null,
  })
})

const certificates = [
  { name: 'presented', entries: [request(), message('client', certificate(2))], chainLength: 2, why: null },
  { name: 'not requested', entries: [], chainLength: 0, why: 'not-requested' },
  { name: 'asked, and the handshake ended', entries: [request()], chainLength: 0, why: 'handshake-ended' },
  {
    name: 'asked, and answered with an empty list',
    entries: [request(), message('client', certificate(0))],
    chainLength: 0,
    why: 'no-signature-algorithm',
  },
]

for (const { name, entries, chainLength, why } of certificates) {
  t.test(`the client certificate: ${name}`, async (t) => {
    // The server's own certificate is no sign of the client's.
    const seen = transcript(message('server', certificate(3)), ...entries)
    t.strictSame(observed({ transcript: seen }).clientCertificate, {
      ...{ presented: chainLength > 0, chainLength, withheldBecause: why },
    })
    t.equal(observed({ transcript: seen, hasCertificate: false }).clientCertificate.withheldBecause, null)
  })
}

const offers = [
  {
    name: 'a browser does not offer it',
    entries: [request(), message('client', certificate(0))],
    why: 'validity',
  },
  { name: 'nobody asks the browser', entries: [], why: 'not-requested' },
]

for (const { name, entries, why } of offers) {
  t.test(`withheld: ${name}`, async (t) => {
    const { clientCertificate } = observed({ transcript: transcript(...entries), notOffered: 'validity' })
    t.strictSame(clientCertificate, { presented: false, chainLength: 0, withheldBecause: why })
  })
}

t.test('an empty list in the first handshake, a chain in the second: presented', async (t) => {
  const entries = [request(), message('client', certificate(0)), request(), message('client', certificate(2))]
  t.strictSame(observed({ transcript: transcript(...entries) }).clientCertificate, {
    ...{ presented: true, chainLength: 2, withheldBecause: null },
  })
})

t.test('an HTTP/2 reset is what the client says', async (t) => {
  t.equal(observed({ report: report({ http2Reset: 'HTTP_1_1_REQUIRED' }) }).http2Reset, 'HTTP_1_1_REQUIRED')
})

t.test('CertificateRequest: the names as text and as bytes, in the order sent', async (t) => {
  const seen = transcript(request('CN=b', 'CN=a'), message('client', finished))
  t.strictSame(observed({ transcript: seen }).certificateRequest, {
    ...{ when: 'handshake', certificateAuthorities: ['CN=b', 'CN=a'] },
    ...{ signatureSchemes: ['ed25519'], certificateTypes: [] },
  })
  t.strictSame(requestedAuthorities(seen)?.map(String), ['CN=b', 'CN=a'])
  t.equal(requestedAuthorities(transcript()), null)
})

t.test("a CertificateRequest after the client's Finished is late", async (t) => {
  const seen = transcript(message('server', finished), message('client', finished), request())
  t.equal(observed({ transcript: seen }).certificateRequest?.when, 'late')
})

const alerts = [
  { name: 'none', entries: [], seen: null },
  {
    name: 'close_notify and user_canceled end nothing',
    entries: [alert('client', 'user_canceled', 90), alert('server', 'close_notify', 0)],
    seen: null,
  },
  {
    name: "before the client's Finished",
    entries: [alert('server', 'unknown_ca', 48), message('client', finished)],
    seen: {
      from: 'server',
      description: 'unknown_ca',
      code: 48,
      when: 'before-client-finished',
      received: true,
    },
  },
  {
    name: "after the client's Finished",
    entries: [message('client', finished), alert('server', 'unknown_ca', 48)],
    seen: {
      from: 'server',
      description: 'unknown_ca',
      code: 48,
      when: 'after-client-finished',
      received: true,
    },
  },
  {
    name: 'a client that refuses to renegotiate was told to',
    entries: [alert('client', 'no_renegotiation', 100), alert('server', 'handshake_failure', 40)],
    seen: { from: 'server', description: 'handshake_failure' },
  },
  {
    name: 'no_renegotiation of the server counts',
    entries: [alert('server', 'no_renegotiation', 100)],
    seen: { from: 'server', description: 'no_renegotiation' },
  },
  {
    name: 'sent, but another one received',
    entries: [alert('server', 'bad_certificate', 42)],
    seen: { description: 'bad_certificate', received: false },
  },
  {
    name: 'of the client',
    entries: [alert('client', 'unknown_ca', 48)],
    seen: { from: 'client', description: 'unknown_ca', received: false },
  },
  {
    name: 'the first counts',
    entries: [alert('server', 'close_notify', 0), alert('server', 'unknown_ca', 48), alert('client', 'x', 1)],
    seen: { from: 'server', description: 'unknown_ca' },
  },
]

for (const { name, entries, seen } of alerts) {
  t.test(`alert: ${name}`, async (t) => {
    const measured = { transcript: transcript(...entries), report: report({ alertReceived: 48 }) }
    t.match(observed(measured).handshake, { alert: seen })
  })
}

const substatuses = [
  { name: 'the answer shows it', shown: 17, logged: 16, substatus: 17, from: 'body' },
  { name: 'the log has it', shown: null, logged: 16, substatus: 16, from: 'log' },
  { name: 'nobody says it', shown: null, logged: null, substatus: null, from: null },
] as const

for (const { name, shown, logged, substatus, from } of substatuses) {
  t.test(`substatus: ${name}`, async (t) => {
    const substatusOf = () => (shown === null ? null : ({ substatus: shown, substatusFrom: 'body' } as const))
    const { http } = observed({
      report: report({ http: { ...ok, status: 403 } }),
      log: { ...line, substatus: logged },
      server: { ...nothing, substatusOf },
    })
    t.match(http, { status: 403, substatus, substatusFrom: from })
  })
}

t.test("the server's log line is kept whole", async (t) => {
  t.strictSame(observed({ log: line }).serverLog, {
    ...{ win32: 2148204809, user: 'ada', verify: 'FAILED', line: 'a line' },
  })
})

const reasons = [
  { name: 'one meaning', means: ['expired'], about: null, refusal: 'expired' },
  {
    name: 'the one that the cell is about',
    means: ['wrong-eku', 'expired'],
    about: 'expired',
    refusal: 'expired',
  },
  {
    name: 'several, none of them expected',
    means: ['wrong-eku', 'missing'],
    about: 'expired',
    refusal: 'wrong-eku',
  },
  { name: 'in no table', means: [], about: 'expired', refusal: 'unrecognised' },
] as const satisfies readonly {
  readonly name: string
  readonly means: readonly Reason[]
  readonly about: Reason | null
  readonly refusal: string
}[]

for (const { name, means, about, refusal } of reasons) {
  t.test(`the reason: ${name}`, async (t) => {
    const server = { ...nothing, reasonsFor: () => means }
    t.equal(observed({ server, expectedReason: about }).refusal, refusal)
  })
}

t.test(
  "the server's table is asked with everything that the server said, and nothing that we said",
  async (t) => {
    const asked: Signs[] = []
    const server = { ...nothing, reasonsFor: (signs: Signs) => (asked.push(signs), []) }
    const http = { ...ok, status: 403 }
    for (const from of ['server', 'client'] as const) {
      observed({
        ...{ server, log: line, report: report({ http }) },
        transcript: transcript(alert(from, 'unknown_ca', 48)),
      })
    }
    const signs = { status: 403, substatus: 16, win32: 2148204809, verify: 'FAILED', user: 'ada' }
    t.strictSame(asked, [
      { alert: 'unknown_ca', ...signs },
      { alert: null, ...signs },
    ])
  },
)

function request(...names: readonly string[]) {
  return message('server', certificateRequest(...names))
}
