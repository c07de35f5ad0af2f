import { once } from 'node:events'
import type { EventEmitter } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import t from 'tap'
import { fetchOnce, tlsClientOptions } from './testdata/fetch-once.ts'
import { holdRevocation } from './testdata/hold-revocation.ts'
import { silentRelay } from './testdata/silent-relay.ts'
import { early, identity, logged, serverCaPem, start } from './testdata/site-under-test.ts'
import type { Site } from './site.ts'

const tlsClient = { tls: '1.2', identity: identity('correct'), serverCaPem } as const
const client = { ...tlsClientOptions(tlsClient), host: '127.0.0.1' }
const GET = 'GET /?cell=a HTTP/1.1\r\nHost: a\r\n\r\n'
const post = (bytes: number) => `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${bytes}\r\n\r\n`

/** Each leaves a site with a connection in one state, and gives what of the client is to be ended. */
const states: Readonly<Record<string, (site: Site) => Promise<{ destroy(): void }>>> = {
  'no byte': async ({ port }) => {
    const socket = connect({ host: '127.0.0.1', port })
    await once(socket, 'connect')
    return socket
  },
  'no byte, plain HTTP': async ({ httpPort }) => {
    const socket = connect({ host: '127.0.0.1', port: httpPort ?? 0 })
    await once(socket, 'connect')
    return socket
  },
  'within the handshake': async ({ port }) => {
    const relay = await silentRelay(port)
    const silent = relay.silenceAfterNext()
    const socket = connectTls({ ...client, port: relay.port })
    socket.on('error', () => undefined)
    await silent
    return { destroy: () => void relay[Symbol.asyncDispose]() }
  },
  'within a late negotiation': async ({ port }) => {
    const relay = await silentRelay(port)
    const socket = await open(relay.port)
    const silent = relay.silenceAfterNext()
    socket.write(GET)
    await silent
    return { destroy: () => void relay[Symbol.asyncDispose]() }
  },
  'half a request': async ({ port }) => {
    const socket = await open(port)
    socket.write('GET / HTTP/1.1\r\nHo')
    return socket
  },
  'half a body': async ({ port }) => {
    const socket = await open(port)
    socket.write(`${post(9)}abc`)
    return socket
  },
  'a body that is read on after its 413': async ({ port }) => {
    const socket = await open(port)
    socket.write(post(3_000_000))
    await once(socket, 'data')
    return socket
  },
  'kept alive': async ({ port }) => {
    const socket = await open(port)
    socket.write(GET)
    await once(socket, 'data')
    return socket
  },
  'an open stream of HTTP/2': async ({ port }) => {
    const session = connectHttp2(`https://127.0.0.1:${port}`, client)
    session.on('error', () => undefined)
    await once(session, 'connect')
    const stream = session.request({ ':method': 'POST', ':path': '/open' })
    stream.on('error', () => undefined)
    stream.write('half')
    await new Promise<void>((resolve) => session.ping(() => resolve()))
    return session
  },
}

const isOpen = (path: string) => (path === '/open' ? ([] as const) : (['SslNegotiateCert'] as const))

t.test('twenty sites with connections in every state leave nothing behind', async (t) => {
  const before = resources()
  const sites = await Promise.all(
    Array.from({ length: 20 }, async () => (await start(t, { http: true, sslFlags: isOpen })).site),
  )
  const clients = await Promise.all(
    sites.flatMap((site) => Object.values(states).map((enter) => enter(site))),
  )
  t.ok(resources().length >= before.length + clients.length, 'they were there')
  await Promise.all(sites.map((site) => site[Symbol.asyncDispose]()))
  for (const each of clients) each.destroy()
  // The end of a client is told a little later. Nothing here ends by a time-out before two minutes.
  for (let round = 0; round < 500 && resources().length > before.length; round++) await setTimeout(20)
  t.strictSame(resources(), before)
})

t.test('requests that wait behind others of their connection end with it', async (t) => {
  const held = holdRevocation()
  const { site } = await start(t, { sslCert: early, options: { revocation: held.revocation } })
  const socket = await open(site.port)
  const clientPort = socket.localPort ?? null
  await new Promise<void>((resolve) =>
    socket.write(GET.replace('cell=a', 'cell=b').repeat(3), () => resolve()),
  )
  await held.reached
  socket.destroy()
  // Nothing has to be judged for this one. When it is served, the end of the other has been seen.
  await fetchOnce({ ...tlsClient, identity: identity('missing'), port: site.port, target: '/' })
  held.release()
  t.match(await logged(site, 'b', clientPort), { status: 200 })
  t.equal(await logged(site, 'none', clientPort), null, 'nothing is waited for any more')
})

t.test('a client that never waits for an answer is not served for ever', async (t) => {
  const { site } = await start(t, { http: true, sslFlags: [] })
  const socket = connect({ host: '127.0.0.1', port: site.httpPort ?? 0 })
  socket.on('error', () => undefined)
  socket.write(GET.repeat(5000))
  await closed(socket)
  t.equal((await fetchOnce({ ...tlsClient, port: site.port, target: '/' })).status, 200)
})

for (const { when, sslCert } of [
  { when: 'in the handshake', sslCert: early },
  { when: 'late', sslCert: {} },
]) {
  t.test(`asked ${when}, a Certificate message of more than 100 kB ends the connection`, async (t) => {
    const { site } = await start(t, { sslCert })
    const correct = identity('correct')
    const endless = { ...correct, chainPem: correct.chainPem.repeat(400) }
    await t.rejects(fetchOnce({ ...tlsClient, identity: endless, port: site.port, target: '/' }))
    t.equal((await fetchOnce({ ...tlsClient, port: site.port, target: '/' })).status, 200)
  })
}

async function open(port: number): Promise<TLSSocket> {
  const socket = connectTls({ ...client, port })
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  return socket
}

/** Unlike events.once, whatever error came before. */
const closed = (emitter: EventEmitter) =>
  new Promise<void>((resolve) => emitter.once('close', () => resolve()))

function resources(): readonly string[] {
  return process.getActiveResourcesInfo().sort()
}
