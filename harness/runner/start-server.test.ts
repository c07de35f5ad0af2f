import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { StartedServer, StartOptions } from '../model/server.ts'
import { startServer } from './start-server.ts'
import { pki, policy, server } from './testdata/values.ts'

const options = { backend: 'native', policies: [policy('require')], pki: pki({}), directory: '' } as const
const never = new AbortController().signal
const limits = { timeoutMs: 5, graceMs: 5 }

function started(onDispose: () => unknown = () => undefined): StartedServer {
  return {
    ...{ version: '1', tlsLibrary: 'OpenSSL', endpoints: new Map(), died: new Promise(() => undefined) },
    serverLog: async () => null,
    [Symbol.asyncDispose]: async () => void onDispose(),
  }
}

const givenUp = {
  name: 'HarnessError',
  code: 'ERR_SERVER_START',
  message: 'expected a start within 5 ms, it has not ended',
  where: 'alpha, backend native',
}

t.test('gives what was started, and hands the options on', async (t) => {
  const running = started()
  const seen: StartOptions[] = []
  const start = async (given: StartOptions) => (seen.push(given), running)
  t.equal(await startServer(server({ start }), options, never), running)
  t.match(seen, [options])
  t.equal(seen[0]?.signal.aborted, false)
})

const heeding = ({ signal }: StartOptions) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('port taken'))))

t.test('a start that heeds its signal tells its own reason', async (t) => {
  await t.rejects(startServer(server({ start: heeding }), options, never, limits), { message: 'port taken' })
  const aborted = AbortSignal.timeout(1)
  const slow = { timeoutMs: 60_000, graceMs: 60_000 }
  await t.rejects(startServer(server({ start: heeding }), options, aborted, slow), { message: 'port taken' })
})

t.test('nothing is started for an aborted signal', async (t) => {
  let starts = 0
  const start = async () => (starts++, started())
  await t.rejects(startServer(server({ start }), options, AbortSignal.abort()), { name: 'AbortError' })
  t.equal(starts, 0)
})

t.test('a start that never ends is given up', async (t) => {
  const start = () => new Promise<never>(() => undefined)
  await t.rejects(startServer(server({ start }), options, never, limits), givenUp)
  const aborted = AbortSignal.timeout(1)
  await t.rejects(startServer(server({ start }), options, aborted, { timeoutMs: 60_000, graceMs: 5 }), {
    ...givenUp,
    message: 'expected a start within 60000 ms, it has not ended',
  })
})

t.test('what starts after it was given up is stopped', async (t) => {
  let disposed = 0
  const start = async () => {
    await sleep(100)
    return started(() => (disposed += 1))
  }
  await t.rejects(startServer(server({ start }), options, never, limits), givenUp)
  t.equal(disposed, 0)
  await sleep(150)
  t.equal(disposed, 1)
})

t.test('what fails after it was given up disturbs nobody', async (t) => {
  const start = async () => {
    await sleep(30)
    throw new Error('too late')
  }
  await t.rejects(startServer(server({ start }), options, never, limits), givenUp)
  await sleep(60)
})

t.test('it leaves no timer behind', async (t) => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
  const before = timers()
  await startServer(server({ start: async () => started() }), options, never)
  await t.rejects(startServer(server({ start: heeding }), options, never, { timeoutMs: 1, graceMs: 60_000 }))
  t.equal(timers(), before)
})
