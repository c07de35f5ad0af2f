/** What every client of the registry keeps, whatever a server does to it: it reports, never rejects, never hangs. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { authorities, identities, server as serverSpec } from '../../scenarios/identities/index.ts'
import { nodeHttps } from '../../servers/node-https/index.ts'
import { flowOf } from '../model/capture.ts'
import type { Client, ClientReport, ConnectedClient } from '../model/client.ts'
import { alertDescriptions, tlsVersions, type TlsVersion } from '../model/tls.ts'
import { issuePki } from '../pki/issue.ts'
import { makeScratch } from '../process/scratch.ts'
import { childrenOf } from '../process/testdata/processes.ts'
import { dissect } from '../wire/dissect.ts'
import { clients } from './index.ts'
import { hostileServers, listen, type Listening, type Serving } from './testdata/hostile-servers.ts'

const required = (process.env['COUNTERSIGN_REQUIRE'] ?? '').split(/[\s,]+/)
const pki = await issuePki({ authorities, server: serverSpec, identities }, { now: Date.now() })
const patience = () => AbortSignal.timeout(60_000)

t.test('names are path segments, each once', async (t) => {
  const names = clients.map(({ name }) => name)
  t.strictSame([...new Set(names)], names)
  for (const { name, title, features } of clients) {
    t.match(name, /^[a-z][a-z0-9-]*$/)
    t.not(title, '')
    t.notOk(features.has('a feature that nobody has heard of'))
  }
})

for (const client of clients) {
  const probed = await client.probe()
  const isRequired = required.includes(client.name) || required.includes('native')
  const skip = probed.available || isRequired ? false : probed.reason
  // One at a time, because programs are counted.
  await t.test(client.name, { skip }, (t) => checkClient(t, client))
}

async function checkClient(t: Test, client: Client): Promise<void> {
  t.match(await client.probe(), { available: true, version: /\d/, tlsLibrary: /\d/ })
  await using scratch = await makeScratch('clients')
  const connected = await client.open(scratch.path)
  const before = await programs()
  await t.test('replays identities', (t) => checkReplay(t, connected))
  await t.test('sends the chain of the identity and nothing more', (t) => checkChains(t, connected))
  await t.test('bears whatever a server does', (t) => checkHostile(t, connected))
  await t.test('ends promptly when its deadline passes', (t) => checkDeadline(t, connected))
  await t.test('many connections at once do not disturb each other', (t) => checkCrowd(t, connected))
  await connected[Symbol.asyncDispose]()
  t.strictSame(await programs(), before, 'no program is left')
  for (const name of await readdir(scratch.path)) {
    t.equal((await stat(join(scratch.path, name))).mode & 0o777, 0o600, `${name} is private`)
    t.notMatch(name, /key-log/, 'no key log is left')
  }
}

interface Where {
  readonly host?: string
  readonly port: number
  readonly identity?: string
  readonly tls?: TlsVersion
  readonly signal?: AbortSignal
}

function ask(connected: ConnectedClient, where: Where): Promise<ClientReport> {
  const { host = '127.0.0.1', port, identity = 'correct', tls = '1.3', signal = patience() } = where
  return connected.connect({
    endpoint: { host, port, servername: 'localhost' },
    ...{ tls, signal },
    identity: pki.identities.get(identity)!,
    target: '/?cell=contract',
  })
}

async function startNodeHttps(t: Test) {
  const started = await nodeHttps.start({
    backend: 'embedded',
    policies: nodeHttps.policies.map(({ policy }) => policy),
    pki,
    directory: '',
    signal: patience(),
  })
  t.teardown(() => started[Symbol.asyncDispose]())
  return (policy: string) => started.endpoints.get(policy)!.port
}

async function checkReplay(t: Test, connected: ConnectedClient): Promise<void> {
  const portOf = await startNodeHttps(t)
  const port = portOf('require')
  for (const tls of tlsVersions) {
    const welcome = await ask(connected, { port, tls })
    t.match(
      welcome,
      {
        http: { status: 200, reason: 'OK', body: /^client certificate: verified\n$/ },
        keyLog: tls === '1.2' ? /^CLIENT_RANDOM /m : /^CLIENT_TRAFFIC_SECRET_0 /m,
        alertReceived: null,
        error: null,
        // Whoever has read a whole answer may hang up first.
        closedBy: /^(fin|client)$/,
      },
      `correct, TLS ${tls}`,
    )
    t.equal(welcome.http?.headers['content-type'], 'text/plain')
    checkFlows(t, welcome, tls)

    // A reset can overtake the alert, and then the client cannot have received it.
    const missing = await ask(connected, { port, tls, identity: 'missing' })
    const alert = alertDescriptions[tls === '1.2' ? 'handshake_failure' : 'certificate_required']
    t.equal(missing.http, null)
    t.ok(missing.alertReceived === alert || missing.closedBy === 'rst', `missing, TLS ${tls}: the alert`)
    t.match(missing.error, { code: /\S/, message: /\S/ })
    t.match(missing.closedBy, /^(fin|rst|client)$/)
    checkFlows(t, missing, tls)

    const expired = await ask(connected, { port, tls, identity: 'expired' })
    t.match(expired, { http: null, alertReceived: null, closedBy: /^(fin|rst)$/ }, `expired, TLS ${tls}`)
    checkFlows(t, expired, tls)
  }
}

function checkFlows(t: Test, report: ClientReport, tls: TlsVersion): void {
  t.equal(flowOf(report.segments, 'client')[0], 22, 'the client flow begins with a handshake record')
  t.equal(flowOf(report.segments, 'server')[0], 22, 'so does the server flow')
  t.type(report.clientPort, 'number')
  t.equal(dissect(report.segments, report.keyLog).version, `TLSv${tls}`)
}

async function checkChains(t: Test, connected: ConnectedClient): Promise<void> {
  const portOf = await startNodeHttps(t)
  for (const tls of tlsVersions) {
    for (const identity of pki.identities.values()) {
      const report = await ask(connected, { port: portOf('request'), tls, identity: identity.name })
      const sent = dissect(report.segments, report.keyLog).entries.flatMap(({ from, content }) =>
        from === 'client' && content.kind === 'handshake' && content.message.type === 'certificate'
          ? content.message.entries.map(({ der }) => Buffer.from(der).toString('hex'))
          : [],
      )
      const chain = identity.chain.map(({ der }) => Buffer.from(der).toString('hex'))
      t.strictSame(sent, chain, `${identity.name}, TLS ${tls}`)
    }
  }
}

async function checkHostile(t: Test, connected: ConnectedClient): Promise<void> {
  for (const { name, tls, serve, expect } of hostileServers) {
    await t.test(name, async (t) => {
      const server = await serving(t, { tls, serve })
      // A client that ended may have to wait for a server that stays, but not for ever.
      const report = await ask(connected, { port: server.port, signal: AbortSignal.timeout(2000) })
      t.match(report, expect)
      await server.emptied()
    })
  }
  await t.test('one that is not there', async (t) => {
    const server = await serving(t, { tls: false, serve: () => undefined })
    await server.close()
    const report = await ask(connected, { port: server.port })
    t.match(report, { clientPort: null, http: null, keyLog: '', closedBy: 'client' })
    t.match(report.error, { code: 'ECONNREFUSED', message: String(server.port) })
    t.notOk(report.segments.some(({ from }) => from === 'server'))
  })
  await t.test('one with the certificate of somebody else', async (t) => {
    const server = await serving(t, {
      tls: true,
      serve: (socket) => socket.once('data', () => socket.end()),
      shows: pki.identities.get('untrusted')!,
    })
    t.match(await ask(connected, { port: server.port }), { http: null })
  })
}

async function checkDeadline(t: Test, connected: ConnectedClient): Promise<void> {
  const stages = [
    { name: 'in the handshake', tls: false },
    { name: 'after the handshake', tls: true },
  ]
  for (const { name, tls } of stages) {
    await t.test(name, async (t) => {
      const abort = new AbortController()
      const server = await serving(t, { tls, serve: (socket) => socket.once('data', () => abort.abort()) })
      const report = await ask(connected, { port: server.port, signal: abort.signal })
      t.match(report, { closedBy: 'timeout', http: null })
      await server.emptied()
    })
  }
  await t.test('before it began', async (t) => {
    const server = await serving(t, { tls: false, serve: () => undefined })
    t.match(await ask(connected, { port: server.port, signal: AbortSignal.abort() }), { closedBy: 'timeout' })
    await server.emptied()
  })
}

async function checkCrowd(t: Test, connected: ConnectedClient): Promise<void> {
  const portOf = await startNodeHttps(t)
  const reports = await Promise.all(
    Array.from({ length: 24 }, () =>
      ask(connected, { port: portOf('require'), identity: 'via-intermediate' }),
    ),
  )
  for (const { http, error } of reports) t.equal(http?.status, 200, error?.message ?? 'answered')
}

async function serving(t: Test, options: Omit<Serving, 'shows'> & Partial<Serving>): Promise<Listening> {
  const listening = await listen({ shows: pki.server, ...options })
  t.teardown(listening.close)
  return listening
}

/** The programs that this process has started and that still run. */
async function programs(): Promise<readonly string[]> {
  return (await childrenOf(process.pid)).map(({ pid, name }) => `${pid} ${name}`)
}
