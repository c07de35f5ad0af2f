/** What every server of the registry keeps, on every backend that it lists. What it answers is its own folder's test. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import t, { type Test } from 'tap'
import { node } from '../harness/clients/node.ts'
import { answerFor, type AnswerKey, type Confidence } from '../harness/model/answer.ts'
import { HarnessError } from '../harness/model/errors.ts'
import { refusalReasons } from '../harness/model/refusal.ts'
import { backends, type Backend, type Endpoint } from '../harness/model/server.ts'
import type { PolicyUnderTest, ServerBackend, StartedServer } from '../harness/model/server.ts'
import { tlsVersions, type TlsVersion } from '../harness/model/tls.ts'
import { issuePki } from '../harness/pki/issue.ts'
import { findProgram } from '../harness/process/program.ts'
import { runProgram } from '../harness/process/run-program.ts'
import { childrenOf } from '../harness/process/testdata/processes.ts'
import { makeScratch } from '../harness/process/scratch.ts'
import { authorities, identities, server as serverSpec } from '../scenarios/identities/index.ts'
import { servers } from './index.ts'

const confidences: readonly Confidence[] = ['documented', 'observed', 'inferred', 'measured']
const answerKeys: readonly AnswerKey[] = ['accepted', ...refusalReasons]
const required = (process.env['COUNTERSIGN_REQUIRE'] ?? '').split(/[\s,]+/)

const pki = await issuePki({ authorities, server: serverSpec, identities }, { now: Date.now() })
const client = await node.open('')
/** A record header that promises 512 bytes, and the first five of a ClientHello. */
const HALF_CLIENT_HELLO = Buffer.from('1603010200' + '010001fc03', 'hex')

let connections = 0

/** Long enough for an image to be built. */
const patience = () => AbortSignal.timeout(200_000)

t.test('names are path segments, each once', async (t) => {
  const names = servers.flatMap(({ name, aliases = [] }) => [name, ...aliases])
  t.strictSame([...new Set(names)], names, 'aliases are nobody else\u2019s names')
  t.notOk(names.includes('all'), 'the command line has a use for this word')
  for (const each of names) t.match(each, /^[a-z][a-z0-9._-]*$/)
  for (const { title, policies } of servers) {
    const policyNames = policies.map(({ policy }) => policy.name)
    t.strictSame([...new Set(policyNames)], policyNames)
    for (const each of policyNames) t.match(each, /^[a-z][a-z0-9._-]*$/)
    t.not(title, '')
  }
})

t.test('a run that names no server has some', async (t) => {
  t.ok(servers.some(({ onRequest }) => onRequest !== true))
})

for (const server of servers) {
  t.test(`${server.name}: what it says of itself`, (t) => checkWords(t, server))
  t.test(`${server.name}: its tables`, (t) => checkTables(t, server))
  for (const backend of server.backends) {
    const probed = await server.probe(backend)
    const skip = probed.available || required.includes(backend) ? false : probed.reason
    // One at a time, because programs are counted.
    await t.test(`${server.name}, ${backend}`, { skip }, (t) => checkRunning(t, server, backend))
  }
}

async function checkWords(t: Test, server: ServerBackend): Promise<void> {
  t.notOk(server.features.has('a feature that nobody has heard of'))
  for (const tls of tlsVersions) t.equal(server.features.has(`tls${tls}`), server.tls.includes(tls))
  t.ok(server.backends.length > 0)
  for (const backend of backends.filter((each) => !server.backends.includes(each))) {
    t.match(await server.probe(backend), { available: false, reason: /--backend/ }, `no ${backend} backend`)
    const refused = start(server, backend, '', patience())
    await t.rejects(refused, { code: 'ERR_SERVER_START' }, `no start on ${backend}`)
  }
}

async function checkTables(t: Test, server: ServerBackend): Promise<void> {
  for (const { policy, answers, certificateAuthorities } of server.policies) {
    if (!policy.situation) {
      t.equal(certificateAuthorities === null, policy.clientCertificate === 'none', policy.name)
    }
    for (const tls of server.tls) {
      // A situation answers the control; every other answer is its scenario's.
      for (const key of policy.situation ? (['accepted'] as const) : answerKeys) {
        const row = answerFor(answers, key, tls)
        const where = `${policy.name}, TLS ${tls}, ${key}`
        t.match(row.source, /\S/, `${where}: has a source`)
        t.ok(confidences.includes(row.confidence), `${where}: has a confidence`)
        const isSuccess = row.status !== null && row.status >= 200 && row.status < 300
        t.equal(row.verdict === 'accepted', isSuccess, `${where}: 2xx means accepted`)
        const meanings: readonly string[] = server.reasonsFor(row)
        if (row.verdict === 'refused' && !policy.situation)
          t.ok(meanings.includes(key), `${where}: means itself`)
      }
    }
  }
}

async function checkRunning(t: Test, server: ServerBackend, backend: Backend): Promise<void> {
  t.match(await server.probe(backend), { available: true, version: /\d/ })
  const before = await leftovers()
  await using scratch = await makeScratch('contract')
  const started = await start(server, backend, scratch.path, patience())
  const endpoints = [...started.endpoints.values()]
  const open: Socket[] = []
  t.teardown(() => open.forEach((socket) => socket.destroy()))
  try {
    t.match(started.version, /\d/)
    t.match(started.tlsLibrary, /\S/)
    t.strictSame(
      [...started.endpoints.keys()],
      ordinary(server).map(({ policy }) => policy.name),
    )
    await t.test('each policy answers, and its log knows the connection', (t) =>
      checkAnswers(t, server, backend, started),
    )
    const situations = server.policies.filter(({ policy }) => policy.situation)
    const skip = situations.length === 0 && `${server.name} has no situations of its own`
    await t.test('each situation answers the control', { skip }, async (t) => {
      // Once: there may be dozens.
      await using other = await makeScratch('contract')
      await using all = await start(server, backend, other.path, patience(), situations)
      await checkAnswers(t, server, backend, all, situations)
    })
    await t.test('the log has no line for an unknown nonce, and says so at the signal', async (t) => {
      const abort = new AbortController()
      const [policy = ''] = started.endpoints.keys()
      const line = started.serverLog({ policy, nonce: 'never-sent', clientPort: null }, abort.signal)
      abort.abort()
      t.equal(await line, null)
    })
    await t.test('a client that cannot speak TLS does not harm it', async (t) => {
      for (const endpoint of endpoints) await talkNonsense(endpoint)
      // This one stays, and must not keep the server from stopping.
      for (const endpoint of endpoints) open.push(await connectAnd(endpoint, HALF_CLIENT_HELLO))
      await checkAnswers(t, server, backend, started)
    })
    await t.test('a second instance runs beside the first', async (t) => {
      await using other = await makeScratch('contract')
      await using second = await start(server, backend, other.path, patience())
      const ports = [...endpoints, ...second.endpoints.values()].map(({ port }) => port)
      t.equal(new Set(ports).size, ports.length)
      await checkAnswers(t, server, backend, second)
      await checkAnswers(t, server, backend, started)
    })
    t.equal(await Promise.race([started.died, Promise.resolve('alive')]), 'alive')
  } finally {
    await started[Symbol.asyncDispose]()
  }
  await started[Symbol.asyncDispose]()
  for (const endpoint of endpoints) t.equal(await connectError(endpoint), 'ECONNREFUSED')
  t.strictSame(await leftovers(), before, 'nothing is left of it')

  await t.test('a start that is aborted rejects and leaves nothing', async (t) => {
    await using other = await makeScratch('contract')
    await t.rejects(start(server, backend, other.path, AbortSignal.abort()), HarnessError)
    t.strictSame(await leftovers(), before)
  })
  await t.test('a start that is aborted on the way leaves nothing', async (t) => {
    await using other = await makeScratch('contract')
    const abort = new AbortController()
    const starting = start(server, backend, other.path, abort.signal)
    setImmediate(() => abort.abort())
    // It may have been faster than the abort.
    await starting.then(
      (late) => late[Symbol.asyncDispose](),
      (error: unknown) => t.match(error, { code: 'ERR_SERVER_START' }),
    )
    t.strictSame(await leftovers(), before)
  })
}

/** The policies that every product has in some form. */
function ordinary(server: ServerBackend): readonly PolicyUnderTest[] {
  return server.policies.filter(({ policy }) => !policy.situation)
}

function start(
  server: ServerBackend,
  backend: Backend,
  directory: string,
  signal: AbortSignal,
  underTest = ordinary(server),
) {
  const policies = underTest.map(({ policy }) => policy)
  return server.start({ backend, policies, pki, directory, signal })
}

async function checkAnswers(
  t: Test,
  server: ServerBackend,
  backend: Backend,
  started: StartedServer,
  underTest = ordinary(server),
) {
  for (const { policy, answers } of underTest) {
    for (const tls of server.tls) {
      const nonce = `contract-${++connections}`
      const where = `${policy.name}, TLS ${tls}`
      const report = await ask(started.endpoints.get(policy.name)!, tls, nonce)
      const { status } = answerFor(answers, 'accepted', tls)
      t.equal(report.http?.status ?? null, status, `${where}: ${report.error?.message ?? 'answers'}`)
      // Whoever is not answered may be in no log.
      if (status === null) continue
      // A published port of a container is another one than the server sees.
      const clientPort = backend === 'container' ? null : report.clientPort
      const entry = await started.serverLog({ policy: policy.name, nonce, clientPort }, patience())
      t.match(entry, { line: nonce, status }, `${where}: log line`)
    }
  }
}

function ask(endpoint: Endpoint, tls: TlsVersion, nonce: string) {
  return client.connect({
    endpoint,
    tls,
    identity: pki.identities.get('correct')!,
    target: `/?cell=${nonce}`,
    signal: patience(),
  })
}

/** Nothing at all, a request in the clear, bytes of no protocol, half a ClientHello; then each hangs up. */
async function talkNonsense(endpoint: Endpoint): Promise<void> {
  const nonsense = [
    '',
    'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
    Buffer.alloc(4096, 0xff),
    HALF_CLIENT_HELLO,
  ]
  for (const bytes of nonsense) {
    const socket = await connectAnd(endpoint, bytes)
    socket.resume()
    socket.end()
    if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
  }
}

async function connectAnd({ host, port }: Endpoint, bytes: string | Buffer): Promise<Socket> {
  const socket = connect({ host, port })
  await once(socket, 'connect')
  // The server may well answer with a reset.
  socket.on('error', () => undefined)
  if (bytes.length > 0) socket.write(bytes)
  return socket
}

async function connectError({ host, port }: Endpoint): Promise<string | null> {
  const socket = connect({ host, port })
  return new Promise((resolve) => {
    socket.once('connect', () => {
      socket.destroy()
      resolve(null)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
}

/** The programs and containers that belong to this process. */
async function leftovers(): Promise<readonly string[]> {
  const programs = (await childrenOf(process.pid)).map(({ pid, name }) => `${pid} ${name}`)
  const containers = await linesOf('docker', ['ps', '-aq', '--filter', `label=countersign=${process.pid}`])
  return [...programs, ...containers]
}

async function linesOf(program: string, args: readonly string[]): Promise<readonly string[]> {
  const command = await findProgram(program)
  if (command === null) return []
  const { stdout } = await runProgram({ command, args, signal: patience() })
  return stdout.split('\n').filter((line) => line.trim() !== '')
}
