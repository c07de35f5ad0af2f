/** Dead and hung servers, starts and clients: over real TLS, each is an `error` that says why, never a verdict. */
import type { Socket } from 'node:net'
import t from 'tap'
import { node } from '../clients/node.ts'
import { HarnessError } from '../model/errors.ts'
import type { Outcome } from '../model/outcome.ts'
import type { ServerBackend } from '../model/server.ts'
import { nodeHttps } from '../../servers/node-https/index.ts'
import { dyingStart, tcpStart, tlsStart } from './testdata/bad-servers.ts'
import { requiring, tryOut, type TrialOptions } from './testdata/trial.ts'

interface Case {
  readonly name: string
  readonly start: ServerBackend['start']
  readonly options?: Partial<TrialOptions>
  /** Of correct, missing, expired, self-signed: the order of the cells. */
  readonly outcomes: readonly Outcome[]
  /** identity -> what its reason says. */
  readonly reasons: Readonly<Record<string, RegExp>>
}

const allPass = ['pass', 'pass', 'pass', 'pass'] as const
const allError = ['error', 'error', 'error', 'error'] as const
const SHORT_MS = 150

/** The control says what happened, the cells that it stands for say that it did. */
function everywhere(what: RegExp): Readonly<Record<string, RegExp>> {
  const control = new RegExp(
    `^the first control \\(correct\\) did not pass, so nothing that this policy refused counts: ${what.source}`,
  )
  return {
    ...{ correct: new RegExp(`^${what.source}`) },
    ...{ missing: control, expired: control, 'self-signed': control },
  }
}

/** After the last connection that was served nothing listens, so each cell and the last control find out. */
const gone = /could not connect: connect ECONNREFUSED 127\.0\.0\.1:\d+$/
const lastControl = new RegExp(
  `^the last control \\(correct\\) did not pass, so nothing that this policy refused counts: ${gone.source}`,
)

const cases: readonly Case[] = [
  // The clean side: six connections are the first control, three cells, the last control, and one more.
  { name: 'a server that lives', start: dyingStart(6, 'exit code 1'), outcomes: allPass, reasons: {} },
  {
    name: 'dead after the last control',
    start: dyingStart(5, 'exit code 1'),
    outcomes: allPass,
    reasons: {},
  },
  {
    name: 'nothing listens',
    async start(options) {
      const started = await nodeHttps.start(options)
      await started[Symbol.asyncDispose]()
      return { ...started, [Symbol.asyncDispose]: async () => undefined }
    },
    outcomes: allError,
    reasons: everywhere(gone),
  },
  {
    name: 'dead before the handshake: the connection is closed',
    start: tcpStart((socket) => socket.destroy()),
    outcomes: allError,
    reasons: everywhere(/no ServerHello: /),
  },
  {
    name: 'dead before the handshake: the connection is reset',
    start: tcpStart((socket) => socket.once('data', () => socket.resetAndDestroy())),
    outcomes: allError,
    reasons: everywhere(/no ServerHello: read ECONNRESET/),
  },
  {
    name: 'not a TLS server',
    start: tcpStart((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
    outcomes: allError,
    reasons: everywhere(/no ServerHello: /),
  },
  {
    name: 'dead after the first control',
    start: dyingStart(1, null),
    outcomes: allError,
    reasons: { correct: lastControl, missing: gone, expired: gone, 'self-signed': gone },
  },
  {
    name: 'dead after a refusal: what it refused no longer counts',
    start: dyingStart(3, null),
    outcomes: allError,
    reasons: { correct: lastControl, missing: lastControl, expired: lastControl, 'self-signed': gone },
  },
  {
    name: 'dead after its last refusal: only the last control finds out',
    start: dyingStart(4, null),
    outcomes: allError,
    reasons: { correct: lastControl, missing: lastControl, expired: lastControl, 'self-signed': lastControl },
  },
  {
    name: 'dead, and it says why',
    start: dyingStart(3, 'exit code 139; last words: segmentation fault'),
    outcomes: allError,
    reasons: Object.fromEntries(
      ['correct', 'missing', 'expired', 'self-signed'].map((identity) => [
        identity,
        /^node-https died: exit code 139; last words: segmentation fault$/,
      ]),
    ),
  },
  {
    name: 'hung before the handshake',
    start: tcpStart(() => undefined),
    options: { timeoutMs: SHORT_MS },
    outcomes: allError,
    reasons: everywhere(/no answer within 150 ms$/),
  },
  {
    name: 'hung in the handshake',
    start: tcpStart(halfServerHello),
    options: { timeoutMs: SHORT_MS },
    outcomes: allError,
    reasons: everywhere(/no answer within 150 ms$/),
  },
  {
    name: 'hung after the handshake: the request is never answered',
    start: tlsStart(() => undefined, 'authorized'),
    options: { timeoutMs: SHORT_MS },
    outcomes: allError,
    reasons: everywhere(/no answer within 150 ms$/),
  },
  {
    name: 'hung in the answer',
    start: tlsStart((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'), 'authorized'),
    options: { timeoutMs: SHORT_MS },
    outcomes: allError,
    reasons: everywhere(/no answer within 150 ms$/),
  },
  {
    name: 'a log that cannot be read',
    async start(options) {
      const unreadable = new HarnessError('ERR_LOG', 'the log is gone')
      return { ...(await nodeHttps.start(options)), serverLog: () => Promise.reject(unreadable) }
    },
    outcomes: allError,
    reasons: everywhere(/ERR_LOG: the log is gone$/),
  },
  {
    name: 'no endpoint for the policy',
    start: async (options) => ({ ...(await nodeHttps.start(options)), endpoints: new Map() }),
    outcomes: allError,
    reasons: everywhere(/ERR_NO_ENDPOINT: the server has no endpoint for the policy 'require'$/),
  },
  {
    name: 'a death notice that itself fails',
    async start(options) {
      const started = await nodeHttps.start(options)
      return { ...started, died: Promise.reject(new Error('cannot tell')) }
    },
    outcomes: allPass,
    reasons: {},
  },
]

for (const { name, start, options, outcomes, reasons } of cases) {
  t.test(name, async (t) => {
    const trial = await tryOut(t, { servers: [requiring({ start })], ...options })
    t.strictSame(
      trial.cells.map(({ outcome }) => outcome),
      outcomes,
    )
    for (const { identity, outcome, reason } of trial.cells) {
      if (outcome === 'pass') t.equal(reason, null, identity)
      else t.match(reason, reasons[identity] ?? 'an expected reason', identity)
    }
    t.match(trial.events[0], { type: 'server', name: 'node-https', status: 'ran', reason: null })
  })
}

const beside = { ...requiring(), name: 'beside' }

const starts = [
  {
    name: 'rejects with a HarnessError',
    start: () =>
      Promise.reject(
        new HarnessError('ERR_SERVER_START', 'exit code 1: port taken', { where: 'x.conf', hint: 'free it' }),
      ),
    reason: 'ERR_SERVER_START: exit code 1: port taken; x.conf; free it',
  },
  {
    name: 'rejects with something else',
    start: () => Promise.reject(new TypeError('undefined is not a function')),
    reason: 'undefined is not a function',
  },
  {
    name: 'throws before it gives a promise',
    start: () => {
      throw new Error('no promise')
    },
    reason: 'no promise',
  },
] as const

for (const { name, start, reason } of starts) {
  t.test(`a start that ${name}: its cells are errors, the others run`, async (t) => {
    const { events, cells } = await tryOut(t, { servers: [requiring({ start }), beside] })
    t.match(
      events.find((event) => event.type === 'server' && event.name === 'node-https'),
      { status: 'error', backend: 'embedded', version: null, tlsLibrary: null, reason },
    )
    const [broken, others] = ['node-https', 'beside'].map((name) =>
      cells.filter(({ server }) => server === name),
    )
    t.equal(broken?.length, 4)
    for (const cell of broken ?? []) {
      t.match(cell, { outcome: 'error', reason: `node-https did not start: ${reason}`, observed: null })
    }
    t.strictSame(
      others?.map(({ outcome }) => outcome),
      allPass,
    )
  })
}

t.test('a client that cannot be opened: its cells are errors, and the servers are stopped', async (t) => {
  const client = { ...node, open: () => Promise.reject(new HarnessError('ERR_CLIENT', 'no display')) }
  const { cells } = await tryOut(t, { servers: [requiring(), beside], client })
  t.equal(cells.length, 8)
  for (const cell of cells) {
    t.match(cell, { outcome: 'error', reason: 'the client node could not be opened: ERR_CLIENT: no display' })
  }
})

t.test('a server that cannot be stopped fails the run, after everything else has ended', async (t) => {
  const stuck = requiring({
    async start(options) {
      const started = await nodeHttps.start(options)
      return {
        ...started,
        async [Symbol.asyncDispose]() {
          await started[Symbol.asyncDispose]()
          throw new Error('the process does not go away')
        },
      }
    },
  })
  let reported = 0
  const onEvent = ({ type }: { readonly type: string }) => void (reported += type === 'cell' ? 1 : 0)
  await t.rejects(tryOut(t, { servers: [stuck, beside], onEvent }), {
    message: 'the process does not go away',
  })
  t.equal(reported, 8)
})

/** The header of a ServerHello's record, and no more. */
function halfServerHello(socket: Socket): void {
  socket.once('data', () => socket.write(Buffer.from('160303007a020000', 'hex')))
}
