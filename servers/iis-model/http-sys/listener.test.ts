import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { Agent } from 'node:https'
import type { Server } from 'node:http'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { connect as connectTls } from 'node:tls'
import t from 'tap'
import { fetchOnce, tlsClientOptions } from '../testdata/fetch-once.ts'
import { silentRelay } from '../testdata/silent-relay.ts'
import { early, identity, serverCaPem, start } from '../testdata/site-under-test.ts'

const client = { tls: '1.2', identity: identity('correct'), serverCaPem, target: '/' } as const

t.test('a site with open connections of every kind can be disposed, twice', async (t) => {
  const { site } = await start(t, { http: true })
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  await fetchOnce({ ...client, port: site.port, agent })
  await using relay = await silentRelay(site.port)
  const tls = { ...tlsClientOptions(client), host: '127.0.0.1' }
  const sockets = [
    connect({ host: '127.0.0.1', port: site.port }),
    connect({ host: '127.0.0.1', port: site.httpPort ?? 0 }),
    connectTls({ ...tls, port: site.port }),
    connectTls({ ...tls, port: site.port }),
    connectTls({ ...tls, port: relay.port }),
  ] as const
  for (const socket of sockets) socket.on('error', () => undefined)
  const [, , idle, half, silent] = sockets
  await Promise.all([idle, half, silent].map((socket) => once(socket, 'secureConnect')))
  half.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc')
  silent.resume()
  const helloRequest = relay.silenceAfterNext()
  silent.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  await helloRequest
  const ends = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)))
  await site[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
  await Promise.all(ends)
  await t.rejects(fetchOnce({ ...client, port: site.port }), { code: 'ECONNREFUSED' })
})

t.test('a listener that breaks is a failure of the site', async (t) => {
  const failures: string[] = []
  const { site } = await start(t, {
    sslCert: early,
    options: { onFailure: (reason) => failures.push(reason) },
  })
  let server: Server | undefined
  const remember = (message: unknown) => (server = (message as { readonly server: Server }).server)
  subscribe('http.server.request.start', remember)
  await fetchOnce({ ...client, port: site.port })
  unsubscribe('http.server.request.start', remember)
  server?.emit('error', new Error('accept EMFILE'))
  t.strictSame(failures, ['a listener broke: accept EMFILE'])
})

t.test('a port that is taken is told at the start', async (t) => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  t.teardown(() => other.close())
  await t.rejects(start(t, { options: { ports: { https: port } } }), { code: 'EADDRINUSE' })
  await t.rejects(start(t, { http: true, options: { ports: { http: port } } }), { code: 'EADDRINUSE' })
})

t.test('a port that is asked for is used', async (t) => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  other.close()
  await once(other, 'close')
  const { site } = await start(t, { sslCert: early, options: { ports: { https: port } } })
  t.equal(site.port, port)
  t.equal((await fetchOnce({ ...client, port })).status, 200)
})

const slow = [
  { name: 'an idle connection', bytes: '' },
  { name: 'half a request', bytes: 'GET / HTTP/1.1\r\nHo' },
  { name: 'half a body', bytes: 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc' },
  { name: 'a connection that stays open', bytes: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n' },
] as const

for (const { name, bytes } of slow) {
  t.test(`${name} ends after connectionTimeout`, async (t) => {
    const { site } = await start(t, { sslCert: early, connectionTimeoutMs: 200 })
    const socket = connectTls({ ...tlsClientOptions(client), host: '127.0.0.1', port: site.port })
    socket.on('error', () => undefined)
    socket.resume()
    if (bytes) socket.write(bytes)
    await new Promise((resolve) => socket.once('close', resolve))
    t.pass('closed')
  })
}

t.test('a client that goes away before its answer is no harm', async (t) => {
  const { site } = await start(t, { sslCert: early })
  for (let round = 0; round < 20; round++) {
    const socket = connectTls({ ...tlsClientOptions(client), host: '127.0.0.1', port: site.port })
    socket.on('error', () => undefined)
    await once(socket, 'secureConnect')
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(10), () => socket.destroy())
    await new Promise((resolve) => socket.once('close', resolve))
  }
  t.equal((await fetchOnce({ ...client, port: site.port })).status, 200)
})

t.test('a body that never ends is not read for ever', async (t) => {
  const { site } = await start(t, { sslCert: early })
  const socket = connectTls({ ...tlsClientOptions(client), host: '127.0.0.1', port: site.port })
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  let text = ''
  socket.on('data', (bytes: Buffer) => (text += bytes.toString()))
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 30000001\r\n\r\n')
  await new Promise((resolve) => socket.once('close', resolve))
  t.equal(text, '')
})
