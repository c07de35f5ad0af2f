import { once } from 'node:events'
import type { EventEmitter } from 'node:events'
import { connect } from 'node:http2'
import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2'
import { connect as connectTls } from 'node:tls'
import t from 'tap'
import type { Test } from 'tap'
import { bindingSslFlags } from './ssl-cert.ts'
import { fetchOnce, tlsClientOptions } from '../testdata/fetch-once.ts'
import { early, identity, logged, serverCaPem, start } from '../testdata/site-under-test.ts'
import type { Setting } from '../testdata/site-under-test.ts'
import { tlsVersions } from '../../../harness/model/tls.ts'

const client = { identity: identity('correct'), serverCaPem, tls: '1.2' } as const

interface Http2Answer {
  readonly status: number | null
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** The error code of RST_STREAM; 0 for none. */
  readonly errorCode: number
}

async function open(t: Test, setting: Setting, tls = client) {
  const { site } = await start(t, setting)
  const session = connect(`https://127.0.0.1:${site.port}`, tlsClientOptions(tls))
  session.on('error', () => undefined)
  t.teardown(() => session.destroy())
  await once(session, 'connect')
  return { site, session }
}

async function fetch(session: ClientHttp2Session, path: string, body?: Buffer): Promise<Http2Answer> {
  const stream = session.request({ ':path': path, ':method': body ? 'POST' : 'GET' }, { endStream: !body })
  let headers: IncomingHttpHeaders = {}
  let text = ''
  stream.on('error', () => undefined)
  stream.on('response', (received) => (headers = received))
  stream.on('data', (bytes: Buffer) => (text += bytes.toString()))
  if (body) stream.end(body)
  await closed(stream)
  const status = headers[':status'] as unknown
  return {
    status: typeof status === 'number' ? status : null,
    headers,
    body: text,
    errorCode: stream.rstCode,
  }
}

for (const tls of tlsVersions) {
  t.test(`HTTP/2 over TLS ${tls}, asked in the handshake, is served`, async (t) => {
    const { site, session } = await open(t, { sslCert: early }, { ...client, tls } as typeof client)
    const answers = await Promise.all([
      fetch(session, '/?cell=a'),
      fetch(session, '/b'),
      fetch(session, '/c', Buffer.alloc(100_000)),
    ])
    for (const answer of answers) {
      t.match(answer, { status: 200, errorCode: 0, headers: { server: 'Microsoft-IIS/10.0' } })
    }
    t.match(await logged(site, 'a'), { status: 200, win32: 0 })
  })

  t.test(`a late request over HTTP/2 and TLS ${tls} is reset with HTTP_1_1_REQUIRED`, async (t) => {
    const sslFlags = (path: string) => (path === '/open' ? ([] as const) : (['SslNegotiateCert'] as const))
    const { session, site } = await open(t, { sslFlags }, { ...client, tls } as typeof client)
    t.match(await fetch(session, '/?cell=a'), { status: null, errorCode: 0xd })
    t.match(await fetch(session, '/open?cell=b'), { status: 200 }, 'the connection lives on')
    t.match(await logged(site, 'b'), { status: 200 })
    const clientPort = session.socket.localPort ?? null
    session.close()
    await closed(session)
    t.equal(await logged(site, 'a', clientPort), null)
  })
}

const refused = [
  { name: 'missing', status: 403, substatus: 7 },
  { name: 'untrusted', status: 403, substatus: 16 },
] as const

for (const { name, status, substatus } of refused) {
  t.test(`HTTP/2, ${name}: ${status}.${substatus}`, async (t) => {
    const tls = { ...client, identity: identity(name) }
    const { site, session } = await open(t, { sslCert: early }, tls)
    t.match(await fetch(session, '/?cell=a'), { status, headers: { connection: undefined } })
    t.match(await logged(site, 'a'), { status, substatus })
  })
}

const offers = [
  { name: 'IIS 10', setting: {}, protocol: 'h2' },
  {
    name: 'a binding with HTTP/2 off',
    setting: { bindingFlags: bindingSslFlags.disableHttp2 },
    protocol: 'http/1.1',
  },
  { name: 'IIS 8.5', setting: { profile: 'iis-8.5' }, protocol: 'http/1.1' },
] as const

for (const { name, setting, protocol } of offers) {
  t.test(`${name} takes ${protocol}`, async (t) => {
    const { site } = await start(t, { sslCert: early, ...setting })
    const options = { ...tlsClientOptions(client), host: '127.0.0.1', port: site.port }
    const socket = connectTls({ ...options, ALPNProtocols: ['h2', 'http/1.1'] })
    await once(socket, 'secureConnect')
    t.equal(socket.alpnProtocol, protocol)
    socket.destroy()
    const answer = await fetchOnce({ ...client, port: site.port, target: '/' })
    t.equal(answer.status, 200, 'HTTP/1.1 is always there')
  })
}

t.test('a malformed URL is 400, nothing is logged, and the connection ends', async (t) => {
  const { site, session } = await open(t, { sslCert: early })
  const clientPort = session.socket.localPort ?? null
  const end = closed(session)
  t.match(await fetch(session, '/%zz?cell=a'), { status: 400 })
  await end
  t.equal(await logged(site, 'a', clientPort), null)
})

t.test('bytes that are no HTTP/2 end the connection, and the next one is served', async (t) => {
  const { site } = await start(t, { sslCert: early })
  const options = { ...tlsClientOptions(client), host: '127.0.0.1', port: site.port }
  const socket = connectTls({ ...options, ALPNProtocols: ['h2'] })
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  socket.resume()
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  await closed(socket)
  const session = connect(`https://127.0.0.1:${site.port}`, tlsClientOptions(client))
  t.match(await fetch(session, '/'), { status: 200 })
  session.destroy()
})

t.test('a session that does nothing ends after connectionTimeout', async (t) => {
  // Long enough for a handshake on a busy computer: it has the same time-out.
  const { session } = await open(t, { sslCert: early, connectionTimeoutMs: 1000 })
  await closed(session)
  t.pass('closed')
})

t.test('a site with open sessions and requests under way can be disposed', async (t) => {
  const { site, session } = await open(t, { sslCert: early })
  const stream = session.request({ ':method': 'POST', ':path': '/' })
  stream.on('error', () => undefined)
  stream.write('half')
  await fetch(session, '/')
  await site[Symbol.asyncDispose]()
  await closed(session)
  t.pass('disposed')
})

/** Unlike events.once, whatever error came before. */
const closed = (emitter: EventEmitter) =>
  new Promise<void>((resolve) => emitter.once('close', () => resolve()))
