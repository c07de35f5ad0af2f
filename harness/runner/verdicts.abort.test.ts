/** A run that is ended early: run() settles, nothing is left listening, and no cell is reported after the abort. */
import t from 'tap'
import { node } from '../clients/node.ts'
import type { Client } from '../model/client.ts'
import type { RunEvent } from '../model/event.ts'
import type { ServerBackend, StartOptions } from '../model/server.ts'
import { nodeHttps } from '../../servers/node-https/index.ts'
import { tcpStart, tlsStart } from './testdata/bad-servers.ts'
import { requiring, tryOut } from './testdata/trial.ts'

/** Longer than the test may take: only the abort ends these cells. */
const LONG_MS = 200_000

interface Case {
  readonly name: string
  /** Aborts the run at its moment. */
  readonly start: (abort: () => void) => ServerBackend['start']
}

const cases: readonly Case[] = [
  { name: 'while the first control hangs', start: (abort) => tcpStart(() => setImmediate(abort)) },
  {
    name: 'while the first control waits for its answer',
    start: (abort) => tlsStart(() => setImmediate(abort), 'authorized'),
  },
  ...[1, 2, 3, 4, 5].map((connections) => ({
    name: `when ${connections} of 5 connections are over`,
    start: (abort: () => void) => abortAfter(connections, abort),
  })),
]

for (const { name, start } of cases) {
  t.test(`aborted ${name}`, async (t) => {
    const controller = new AbortController()
    let abortedAt: number | null = null
    const events: RunEvent[] = []
    const trial = await tryOut(t, {
      servers: [
        requiring({
          start: start(() => {
            abortedAt ??= events.length
            controller.abort()
          }),
        }),
      ],
      timeoutMs: LONG_MS,
      signal: controller.signal,
      onEvent: (event) => events.push(event),
    })
    t.type(abortedAt, 'number', 'the run was aborted')
    t.strictSame(trial.cells, [], 'no cell was reported')
  })
}

t.test('what was reported before the abort stays reported, the next server is not', async (t) => {
  const controller = new AbortController()
  const first = requiring()
  const second = { ...requiring({ start: abortAfter(1, () => controller.abort()) }), name: 'second' }
  // The second server starts once the first is through.
  let through: () => void = () => undefined
  const passed = new Promise<void>((resolve) => (through = resolve))
  const later: ServerBackend = {
    ...second,
    async start(options) {
      await passed
      return await second.start(options)
    },
  }
  let reported = 0
  const trial = await tryOut(t, {
    servers: [first, later],
    signal: controller.signal,
    onEvent: ({ type }) => {
      if (type === 'cell' && ++reported === 4) through()
    },
  })
  t.strictSame(
    trial.cells.map(({ server }) => server),
    ['node-https', 'node-https', 'node-https', 'node-https'],
  )
})

t.test('no connection is made after the abort', async (t) => {
  const controller = new AbortController()
  let connects = 0
  const client: Client = {
    ...node,
    async open(directory) {
      const opened = await node.open(directory)
      return {
        ...opened,
        connect(request) {
          connects++
          return opened.connect(request)
        },
      }
    },
  }
  const server = requiring({ start: abortAfter(2, () => controller.abort()) })
  await tryOut(t, { servers: [server], client, signal: controller.signal })
  t.equal(connects, 2)
})

t.test('aborted before it began: nothing is connected to', async (t) => {
  let connections = 0
  const server = requiring({ start: tcpStart(() => connections++) })
  const { cells } = await tryOut(t, { servers: [server], signal: AbortSignal.abort(), timeoutMs: LONG_MS })
  t.strictSame(cells, [])
  t.equal(connections, 0)
})

t.test('a start that ends only when it is aborted', async (t) => {
  const controller = new AbortController()
  const start = ({ signal }: StartOptions) => {
    setImmediate(() => controller.abort())
    return new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true }),
    )
  }
  const { events } = await tryOut(t, { servers: [requiring({ start })], signal: controller.signal })
  t.strictSame(events, [], 'an interrupted start is no failed start')
})

t.test('a start that succeeds in spite of the abort is stopped, and not reported', async (t) => {
  const controller = new AbortController()
  const start = (options: StartOptions) => {
    controller.abort()
    return nodeHttps.start(options)
  }
  const { events } = await tryOut(t, { servers: [requiring({ start })], signal: controller.signal })
  t.strictSame(events, [])
})

/** Aborts once this many connections are over. */
function abortAfter(connections: number, abort: () => void): ServerBackend['start'] {
  return async (options) => {
    const started = await nodeHttps.start(options)
    let served = 0
    return {
      ...started,
      async serverLog(connection, signal) {
        const entry = await started.serverLog(connection, signal)
        if (++served === connections) abort()
        return entry
      },
    }
  }
}
