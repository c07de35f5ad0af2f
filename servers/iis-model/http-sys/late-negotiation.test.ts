import { once } from 'node:events'
import type { EventEmitter } from 'node:events'
import { Agent } from 'node:https'
import { connect } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import t from 'tap'
import { fetchOnce, tlsClientOptions } from '../testdata/fetch-once.ts'
import type { TestRequest } from '../testdata/fetch-once.ts'
import { silentRelay } from '../testdata/silent-relay.ts'
import { early, identity, logged, require, serverCaPem, start } from '../testdata/site-under-test.ts'

const client = { tls: '1.2', identity: identity('correct'), serverCaPem, target: '/?cell=a' } as const
const negotiate = ['Ssl', 'SslNegotiateCert'] as const

const identities = [
  { name: 'correct', flags: require, status: 200, substatus: 0, win32: 0 },
  { name: 'missing', flags: require, status: 403, substatus: 7, win32: 5 },
  { name: 'missing', flags: negotiate, status: 200, substatus: 0, win32: 0 },
  { name: 'untrusted', flags: negotiate, status: 403, substatus: 16, win32: 0x800b0109 },
  { name: 'expired', flags: require, status: 403, substatus: 17, win32: 0x800b0101 },
  { name: 'untrusted', flags: ['Ssl'], status: 200, substatus: 0, win32: 0 },
  // Nobody asks, so nobody has one.
  { name: 'correct', flags: ['Ssl', 'SslRequireCert'], status: 403, substatus: 7, win32: 5 },
] as const

for (const { name, flags, status, substatus, win32 } of identities) {
  t.test(`TLS 1.2, ${flags.join(',')}, ${name}: ${status}.${substatus}`, async (t) => {
    const { site } = await start(t, { sslFlags: flags })
    const answer = await fetchOnce({ ...client, port: site.port, identity: identity(name) })
    t.equal(answer.status, status)
    t.match(await logged(site, 'a'), { status, substatus, win32 })
  })
}

t.test('the client is asked once for a connection, by the first URL that wants it', async (t) => {
  const sslFlags = (path: string) => (path === '/open' ? (['Ssl'] as const) : require)
  const { site } = await start(t, { sslFlags })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  let handshakes = 0
  const fetch = (target: string) => fetchOnce({ ...client, port: site.port, agent, target })
  const first = await fetch('/open')
  const [socket] = Object.values(agent.freeSockets)[0] as [TLSSocket]
  socket.on('secure', () => handshakes++)
  t.equal(first.status, 200)
  t.equal(handshakes, 0)
  for (const target of ['/a', '/b', '/%6fpen', '/open/../c']) {
    const answer = await fetch(target)
    t.equal(answer.status, 200, target)
    t.equal(answer.clientPort, first.clientPort, 'on the same connection')
    t.equal(handshakes, 1)
  }
  t.equal(first.headers['connection'], undefined, 'IIS does not tell that it stays open')
  t.equal(first.headers['keep-alive'], undefined)
})

const LIMIT = 49_152
const chunked = { 'Transfer-Encoding': 'chunked' }
const expects = (bytes: number) => ({ Expect: '100-continue', 'Content-Length': bytes })
const bodies: readonly (Partial<TestRequest> & {
  readonly name: string
  readonly bytes: number
  readonly status: number
})[] = [
  { name: 'POST with an empty body', bytes: 0, status: 200 },
  { name: 'a body of uploadReadAheadSize', bytes: LIMIT, status: 200 },
  { name: 'a byte more', bytes: LIMIT + 1, status: 413 },
  { name: 'a large body', bytes: 3_000_000, status: 413 },
  { name: 'chunks of uploadReadAheadSize', bytes: LIMIT, headers: chunked, status: 200 },
  { name: 'chunks of a byte more', bytes: LIMIT + 1, headers: chunked, status: 413 },
  { name: 'a large chunked body', bytes: 3_000_000, headers: chunked, status: 413 },
  { name: 'a small body that waits', bytes: 1, headers: expects(1), status: 200 },
  { name: 'a large body that waits', bytes: 3_000_000, headers: expects(3_000_000), status: 200 },
  {
    name: 'a body that does not wait for 100-continue',
    bytes: LIMIT,
    headers: expects(LIMIT),
    doesNotWait: true,
    status: 200,
  },
  {
    name: 'a large body that does not wait for 100-continue',
    bytes: LIMIT + 1,
    headers: expects(LIMIT + 1),
    doesNotWait: true,
    status: 413,
  },
]

for (const { name, bytes, status, ...request } of bodies) {
  t.test(`late, ${name}: ${status}`, async (t) => {
    const { site } = await start(t)
    const post = { ...client, method: 'POST', body: Buffer.alloc(bytes), ...request }
    const answer = await fetchOnce({ ...post, port: site.port })
    t.match(answer, { status, headers: { connection: 'close' } })
    if (status === 413) t.equal(answer.message, 'Request Entity Too Large')
    t.match(await logged(site, 'a'), { status, substatus: 0, win32: 0 })
  })
  if (bytes > LIMIT) {
    t.test(`asked in the handshake, ${name}: 200`, async (t) => {
      const { site } = await start(t, { sslCert: early })
      const post = { ...client, method: 'POST', body: Buffer.alloc(bytes), ...request }
      t.equal((await fetchOnce({ ...post, port: site.port })).status, 200)
    })
  }
}

t.test('a client that is still sending when its 413 comes is not reset', async (t) => {
  const { site } = await start(t)
  const socket = await open(site.port)
  const errors: unknown[] = []
  let text = ''
  socket.on('error', (error) => errors.push(error))
  const end = closed(socket)
  socket.write(`POST /?cell=a HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n`)
  socket.write(Buffer.alloc(1_000_000))
  socket.once('data', () => {
    socket.write(Buffer.alloc(1_000_000), () => socket.write(Buffer.alloc(1_000_000)))
  })
  socket.on('data', (bytes: Buffer) => (text += bytes.toString()))
  await end
  t.strictSame(errors, [])
  t.match(text, /^HTTP\/1\.1 413 Request Entity Too Large\r\n/)
  t.match(await logged(site, 'a'), { status: 413 })
})

t.test('a client that never sends the body of its 413 is not waited for', async (t) => {
  const { site } = await start(t)
  const socket = await open(site.port)
  const end = closed(socket)
  socket.resume()
  socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n`)
  await end
  t.pass('closed long before connectionTimeout')
})

t.test('HEAD is asked like GET, and a large body is welcome afterwards', async (t) => {
  const { site } = await start(t)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  const head = await fetchOnce({ ...client, port: site.port, agent, method: 'HEAD' })
  t.match(head, { status: 200, body: '', headers: { 'content-length': /^[1-9]/ } })
  const body = Buffer.alloc(LIMIT + 1)
  const post = await fetchOnce({ ...client, port: site.port, agent, method: 'POST', body })
  t.match(post, { status: 200, clientPort: head.clientPort })
})

t.test('a refused client that waits gets its answer instead of 100', async (t) => {
  const { site } = await start(t)
  const headers = expects(1000)
  const post = { ...client, method: 'POST', headers, body: Buffer.alloc(1000), identity: identity('missing') }
  const answer = await fetchOnce({ ...post, port: site.port })
  t.match(answer, { status: 403, sawContinue: false, headers: { connection: 'close' } })
})

t.test('a client that refuses to renegotiate gets no answer, and the log no line', async (t) => {
  const { site } = await start(t)
  await t.rejects(fetchOnce({ ...client, port: site.port, refusesRenegotiation: true }))
  const socket = await open(site.port, { refusesRenegotiation: true })
  const clientPort = socket.localPort ?? null
  socket.end('GET /?cell=a HTTP/1.1\r\nHost: a\r\n\r\n')
  socket.resume()
  await closed(socket)
  t.equal(await logged(site, 'a', clientPort), null)
})

t.test('a client that does not answer HelloRequest is waited for, and then dropped', async (t) => {
  const { site } = await start(t, { connectionTimeoutMs: 1000 })
  await using relay = await silentRelay(site.port)
  const socket = await open(relay.port)
  let text = ''
  socket.on('data', (bytes: Buffer) => (text += bytes.toString()))
  const end = closed(socket)
  const helloRequest = relay.silenceAfterNext()
  // Before the server's clock starts, so that a busy computer cannot make the difference smaller.
  const startedAt = performance.now()
  socket.write('GET /?cell=a HTTP/1.1\r\nHost: a\r\n\r\n')
  await helloRequest
  await end
  t.equal(text, '')
  t.ok(performance.now() - startedAt >= 990, 'not before connectionTimeout')
})

t.test('pipelined requests share one renegotiation', async (t) => {
  const { site } = await start(t)
  const socket = await open(site.port)
  let handshakes = 0
  socket.on('secure', () => handshakes++)
  const get = (close = '') => `GET /?cell=a HTTP/1.1\r\nHost: a\r\n${close}\r\n`
  let text = ''
  socket.on('data', (bytes: Buffer) => (text += bytes.toString()))
  socket.write(get() + get() + get('Connection: close\r\n'))
  await closed(socket)
  t.equal(text.match(/HTTP\/1.1 200 OK/g)?.length, 3)
  t.equal(handshakes, 1)
})

for (const { when, sslCert } of [
  { when: 'before it is asked', sslCert: {} },
  { when: 'when it was asked in the handshake', sslCert: early },
]) {
  t.test(`a client that renegotiates by itself ${when} is dropped`, async (t) => {
    const { site } = await start(t, { sslCert })
    const socket = await open(site.port)
    let text = ''
    socket.on('data', (bytes: Buffer) => (text += bytes.toString()))
    socket.renegotiate({}, () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'))
    await closed(socket)
    t.equal(text, '')
  })
}

t.test('a client that renegotiates again after it was asked is dropped', async (t) => {
  const { site } = await start(t)
  const socket = await open(site.port)
  let text = ''
  socket.on('data', (bytes: Buffer) => {
    if (text === '') socket.renegotiate({}, () => socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'))
    text += bytes.toString()
  })
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  await closed(socket)
  t.equal(text.match(/HTTP\/1.1/g)?.length, 1)
})

t.test('TLS 1.3 cannot ask late: Server 2022 resets the connection and logs nothing', async (t) => {
  const { site } = await start(t)
  await t.rejects(fetchOnce({ ...client, tls: '1.3', port: site.port }), { code: 'ECONNRESET' })
  const socket = await open(site.port, { tls: '1.3' })
  const clientPort = socket.localPort ?? null
  let code: string | undefined
  socket.on('error', (error: NodeJS.ErrnoException) => (code = error.code))
  socket.write('GET /?cell=a HTTP/1.1\r\nHost: a\r\n\r\n')
  await closed(socket)
  t.equal(code, 'ECONNRESET')
  t.equal(await logged(site, 'a', clientPort), null)
})

t.test('TLS 1.3 cannot ask late: Server 2025 answers 500.0', async (t) => {
  const { site } = await start(t, { profile: 'iis-10-2025' })
  const answer = await fetchOnce({ ...client, tls: '1.3', port: site.port })
  t.match(answer, { status: 500, message: 'Internal Server Error' })
  t.match(await logged(site, 'a'), { status: 500, substatus: 0, win32: 50, user: null })
})

t.test('40 late connections at once are each answered for their own certificate', async (t) => {
  const { site } = await start(t)
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const name = index % 2 === 0 ? 'correct' : 'untrusted'
      const nonce = `n${index}`
      const target = `/?cell=${nonce}`
      const { status } = await fetchOnce({ ...client, target, port: site.port, identity: identity(name) })
      const entry = await logged(site, nonce)
      return { name, status, win32: entry?.win32 }
    }),
  )
  for (const { name, ...answer } of answers) {
    t.strictSame(
      answer,
      name === 'correct' ? { status: 200, win32: 0 } : { status: 403, win32: 0x800b0109 },
      name,
    )
  }
})

async function open(port: number, changes: Partial<TestRequest> = {}): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port, ...tlsClientOptions({ ...client, ...changes }) })
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  return socket
}

/** Unlike events.once, whatever error came before. */
const closed = (emitter: EventEmitter) =>
  new Promise<void>((resolve) => emitter.once('close', () => resolve()))
