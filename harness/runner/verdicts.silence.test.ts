/**
 * Cells whose expected sign is that nothing comes: a reset, an end without an answer. Over real TLS, each against a
 * server that is silent for another reason. Where the control is silent too, it has to get as far as the cell.
 */
import type { Socket } from 'node:net'
import { duplexPair } from 'node:stream'
import { TLSSocket } from 'node:tls'
import t from 'tap'
import type { ScenarioAnswer } from '../model/answer.ts'
import type { Outcome } from '../model/outcome.ts'
import type { NamedScenario } from '../model/scenario.ts'
import type { ServerBackend } from '../model/server.ts'
import type { TlsVersion } from '../model/tls.ts'
import { askingServer, welcome } from './testdata/asking-server.ts'
import { tcpStart } from './testdata/bad-servers.ts'
import { about, browser, late, noAnswer, refusedAs403 } from './testdata/own-scenario.ts'
import { pki, tryOut } from './testdata/trial.ts'
import { policy, server } from './testdata/values.ts'

const ends: ScenarioAnswer = { ...noAnswer, asked: null }
/** Windows Server 2022 with a late request in TLS 1.3. */
const resets: ScenarioAnswer = { ...ends, closedBy: 'rst' }
const lateFailure = { refused: 'late-request-failed' } as const

type Conduct = (socket: Socket) => void

/** Connections in their order: the first control, the cell, the last control. */
function answering(accepted: ScenarioAnswer, ...conducts: readonly [Conduct, ...Conduct[]]): ServerBackend {
  let connections = 0
  return server({
    policies: [
      {
        policy: policy('require', { when: 'late' }),
        certificateAuthorities: ['root-a'],
        answers: { accepted },
      },
    ],
    start: tcpStart((socket) => (conducts[connections++] ?? conducts[0])(socket)),
    reasonsFor: ({ status }) => (status === null ? ['late-request-failed'] : []),
  })
}

function serving(socket: Socket, onRequest: () => void) {
  const [near, far] = duplexPair()
  const options = { isServer: true, cert: pki.server.chainPem, key: pki.server.keyPem ?? '' }
  const tls = new TLSSocket(far, options)
  tls.on('error', () => undefined)
  tls.once('data', onRequest)
  socket.pipe(near)
  return near
}

const resetsTheRequest: Conduct = (socket) => {
  serving(socket, () => socket.resetAndDestroy()).pipe(socket)
}

const closesAfterTheRequest: Conduct = (socket) => {
  serving(socket, () => socket.end()).pipe(socket)
}

const endsTheHandshake: Conduct = (socket) => {
  serving(socket, () => undefined).once('data', (flight: Buffer) => {
    const serverHello = flight.subarray(0, 5 + flight.readUInt16BE(3))
    socket.end(serverHello)
  })
}

const resetsTheConnection: Conduct = (socket) => void socket.once('data', () => socket.resetAndDestroy())

interface Case {
  readonly name: string
  readonly backend: ServerBackend
  readonly tls: TlsVersion
  readonly scenario: NamedScenario
  readonly outcome: Outcome
  readonly reason?: RegExp
}

const late13 = (own: ScenarioAnswer) =>
  ({ tls: '1.3', scenario: about('correct', own, { expect: lateFailure }) }) as const
const reset = late13(resets)
const end = late13(ends)

const ignores = (path: string) =>
  ({
    tls: '1.2',
    scenario: about(
      'correct',
      { ...noAnswer, asked: null },
      {
        ...{ expect: lateFailure, request: { renegotiation: 'ignore', path } },
      },
    ),
  }) as const

const overHttp2 = (own: ScenarioAnswer) =>
  ({ tls: '1.2', scenario: about('correct', own, { expect: lateFailure, request: { http: '2' } }) }) as const

const cases: readonly Case[] = [
  { name: 'a reset of the request', backend: answering(resets, resetsTheRequest), ...reset, outcome: 'pass' },
  {
    name: 'a server that resets whatever connects',
    ...{ backend: answering(resets, resetsTheConnection), ...reset, outcome: 'error' },
    reason: /^the first control .*no ServerHello/,
  },
  {
    name: 'a server that ends every handshake',
    ...{ backend: answering(ends, endsTheHandshake), ...end, outcome: 'error' },
    reason: /^the first control .*: the connection ended before the request was sent$/,
  },
  {
    name: 'a server that ends the handshake of the cell',
    ...{ backend: answering(ends, resetsTheRequest, endsTheHandshake), ...end, outcome: 'fail' },
    reason: /^the connection ended before the request was sent$/,
  },
  {
    name: 'a server that ends the handshake of the last control',
    backend: answering(ends, resetsTheRequest, resetsTheRequest, endsTheHandshake),
    ...{ ...end, outcome: 'error' },
    reason: /^the last control .*: the connection ended before the request was sent$/,
  },
  {
    name: 'a server that resets whatever connects, where nothing is to be refused: there is no control',
    backend: answering(welcome, resetsTheConnection),
    ...{ tls: '1.3', scenario: about('correct', welcome), outcome: 'error' },
    reason: /^no ServerHello/,
  },
  {
    name: 'a server that closes where a reset is the sign',
    ...{ backend: answering(resets, closesAfterTheRequest), ...reset, outcome: 'error' },
    reason: /^the first control .*: closed by: expected rst, observed (fin|client)$/,
  },
  {
    name: 'a client that ignores HelloRequest, and the server gives up',
    ...{
      backend: askingServer({ ...late, givesUp: '/ignored' }).backend,
      ...ignores('/ignored'),
      outcome: 'pass',
    },
  },
  {
    name: 'a client that would ignore HelloRequest, and the server closes without one',
    ...{ backend: askingServer({ ...late, mute: '/mute' }).backend, ...ignores('/mute'), outcome: 'fail' },
    reason: /^HelloRequest: expected one, observed none$/,
  },
  {
    name: 'a server without HTTP/2, where its reset is the sign',
    backend: askingServer({ when: 'handshake' }).backend,
    ...{ ...overHttp2({ ...noAnswer, http2Reset: 'HTTP_1_1_REQUIRED' }), outcome: 'fail' },
    reason: /^the connection ended before the request was sent; HTTP\/2 reset: expected HTTP_1_1_REQUIRED/,
  },
  {
    name: 'a server without HTTP/2, where no answer is the sign',
    ...{ backend: askingServer({ when: 'handshake' }).backend, ...overHttp2(noAnswer), outcome: 'fail' },
    reason: /^the connection ended before the request was sent$/,
  },
  {
    name: 'a port for plain HTTP that speaks TLS',
    ...{ backend: askingServer({ when: 'handshake', http: 'tls' }).backend, tls: '1.2', outcome: 'fail' },
    scenario: about('missing', refusedAs403, {
      ...{ expect: { refused: 'tls-required' }, request: { scheme: 'http' } },
    }),
    // Node closes such a connection without a word; what others say to it is broken.test.ts.
    reason: /^refused for another reason: expected tls-required, .*status: expected 403, observed none$/,
  },
  {
    name: 'a browser whose first connection is closed before it is asked',
    backend: askingServer({ ...late, mute: '/once', mutes: 1 }).backend,
    ...{ tls: '1.2', outcome: 'error' },
    scenario: about('correct', refusedAs403, { ...browser, request: { path: '/once' } }),
    reason:
      /^the server asked for a certificate in only one of a browser\u2019s two connections, the second$/,
  },
]

for (const { name, backend, tls, scenario, outcome, reason } of cases) {
  t.test(name, async (t) => {
    const { cells } = await tryOut(t, { servers: [backend], tls, scenarios: [scenario] })
    t.equal(cells[0]?.outcome, outcome, cells[0]?.reason ?? 'no reason')
    t.match(cells[0]?.reason, reason ?? null)
  })
}
