/** What comes to a site that is no request, or that tries to be more than one. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import t from 'tap'
import { fetchOnce } from './testdata/fetch-once.ts'
import { early, identity, logged, serverCaPem, start } from './testdata/site-under-test.ts'

const missing = identity('missing')
const correct = identity('correct')

t.test('hostile headers and targets stay inside their own field', async (t) => {
  const { site } = await start(t, { sslCert: early })
  await fetchOnce({
    port: site.port,
    tls: '1.3',
    identity: missing,
    serverCaPem,
    target: '/-%20-?cell=b&x=%0d%0a#Fields:',
    headers: { 'User-Agent': 'a b\tc \xff 200 0 0', Referer: '- - -' },
  })
  const entry = await logged(site, 'b')
  t.match(entry, { status: 403, substatus: 7, win32: 5, user: null })
  t.match(entry?.line, ' a+b%09c+%FF+200+0+0 -+-+- 403 7 5 ')
})

/** What is no request: nothing is answered by IIS, nothing is logged, and nothing breaks. */
const nonsense = [
  { name: 'plain HTTP on the TLS port', tls: false, bytes: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', answer: '' },
  { name: 'bytes that are no TLS', tls: false, bytes: '\x00\xff\x16\x03', answer: '' },
  { name: 'nothing at all', tls: false, bytes: '', answer: '' },
  { name: 'no request after the handshake', tls: true, bytes: '', answer: '' },
  { name: 'half a request', tls: true, bytes: 'GET /?cell=c HTTP/1.1\r\nHo', answer: '' },
  { name: 'bad HTTP', tls: true, bytes: 'HELLO\r\n\r\n', answer: 'HTTP/1.1 400 Bad Request' },
  {
    name: 'no Host header',
    tls: true,
    bytes: 'GET /?cell=c HTTP/1.1\r\n\r\n',
    answer: 'HTTP/1.1 400 Bad Request',
  },
  {
    name: 'a malformed URL',
    tls: true,
    bytes: 'GET /%zz?cell=c HTTP/1.1\r\nHost: a\r\n\r\n',
    answer: 'HTTP/1.1 400 Bad Request',
  },
  { name: 'CONNECT', tls: true, bytes: 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', answer: '' },
] as const

for (const { name, tls, bytes, answer } of nonsense) {
  t.test(`${name} ends without a line in the log`, async (t) => {
    const { site } = await start(t, { sslCert: early })
    const options = { host: '127.0.0.1', port: site.port }
    const socket = tls
      ? connectTls({ ...options, ca: serverCaPem, servername: 'localhost' })
      : connect(options)
    socket.on('error', () => undefined)
    await once(socket, tls ? 'secureConnect' : 'connect')
    const clientPort = socket.localPort ?? null
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
    socket.end(bytes, 'latin1')
    await once(socket, 'close')
    // No deadline: it must know by itself that nothing will come.
    t.equal(await logged(site, 'c', clientPort), null)
    if (tls) t.equal(text.split('\r\n')[0], answer)
    const control = { port: site.port, tls: '1.3', identity: correct, serverCaPem, target: '/' } as const
    t.equal((await fetchOnce(control)).status, 200, 'the next client is served')
  })
}

t.test('a client that resets the connection is no harm', async (t) => {
  const { site } = await start(t, { sslCert: early })
  const socket = connect({ host: '127.0.0.1', port: site.port })
  await once(socket, 'connect')
  socket.resetAndDestroy()
  const control = { port: site.port, tls: '1.2', identity: correct, serverCaPem, target: '/' } as const
  t.equal((await fetchOnce(control)).status, 200)
})
