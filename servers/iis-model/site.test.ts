import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { connect as connectTls } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { tlsVersions } from '../../harness/model/tls.ts'
import { issuePki } from '../../harness/pki/issue.ts'
import { authorities, identities, server } from '../../scenarios/identities/index.ts'
import { machineStores } from './machine/machine-stores.ts'
import { iis10On2022 } from './profiles.ts'
import { startSite } from './site.ts'
import type { SiteOptions } from './site.ts'
import { fetchOnce } from './testdata/fetch-once.ts'

const pki = await issuePki({ authorities, server, identities }, { now: Date.now() })
const serverCaPem = pki.authorities['root-a'].certificate.pem
const missing = pki.identities.get('missing')!
const correct = pki.identities.get('correct')!
const noAbort = () => new AbortController().signal

async function start(t: Test, options: Partial<SiteOptions> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-iis-site-'))
  const site = await startSite({
    profile: iis10On2022,
    id: 1,
    accessSslFlags: ['Ssl', 'SslNegotiateCert', 'SslRequireCert'],
    negotiateClientCertificate: true,
    server: pki.server,
    stores: machineStores(pki, ['root-a']),
    directory,
    ...options,
  })
  t.teardown(async () => {
    await site[Symbol.asyncDispose]()
    await rm(directory, { recursive: true })
  })
  return { site, directory }
}

const plainHttp = [
  { flags: ['None'], status: 200, substatus: 0, win32: 0 },
  { flags: ['Ssl'], status: 403, substatus: 4, win32: 5 },
  { flags: ['SslNegotiateCert'], status: 200, substatus: 0, win32: 0 },
  { flags: ['SslNegotiateCert', 'SslRequireCert'], status: 403, substatus: 7, win32: 5 },
  { flags: ['Ssl', 'SslNegotiateCert', 'SslRequireCert'], status: 403, substatus: 4, win32: 5 },
] as const

for (const { flags, status, substatus, win32 } of plainHttp) {
  t.test(`plain HTTP with access@sslFlags ${flags.join(',')} is ${status}.${substatus}`, async (t) => {
    const { site } = await start(t, { accessSslFlags: flags, http: true })
    const request = get({ host: '127.0.0.1', port: site.httpPort, path: '/?cell=a', agent: false })
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    answer.resume()
    t.equal(answer.statusCode, status)
    const entry = await site.serverLog({ policy: '', nonce: 'a', clientPort: null }, noAbort())
    t.match(entry, { status, substatus, win32 })
  })
}

t.test('a client sees 403 Forbidden and no substatus', async (t) => {
  const { site } = await start(t)
  const answer = await fetchOnce({ port: site.port, tls: '1.3', identity: missing, serverCaPem, target: '/' })
  t.match(answer, {
    status: 403,
    message: 'Forbidden',
    headers: { server: 'Microsoft-IIS/10.0', 'content-type': 'text/html', date: /GMT$/, connection: 'close' },
    body: /<h2>403 - Forbidden: Access is denied.<\/h2>/,
  })
  t.notMatch(answer.body, /403\.\d|0x80/)
})

t.test('hostile headers and targets stay inside their own field', async (t) => {
  const { site } = await start(t)
  await fetchOnce({
    port: site.port,
    tls: '1.3',
    identity: missing,
    serverCaPem,
    target: '/-%20-?cell=b&x=%0d%0a#Fields:',
    headers: { 'User-Agent': 'a b\tc \xff 200 0 0', Referer: '- - -' },
  })
  const entry = await site.serverLog({ policy: '', nonce: 'b', clientPort: null }, noAbort())
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
  { name: 'CONNECT', tls: true, bytes: 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n', answer: '' },
] as const

for (const { name, tls, bytes, answer } of nonsense) {
  t.test(`${name} ends without a line in the log`, async (t) => {
    const { site } = await start(t)
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
    t.equal(await site.serverLog({ policy: '', nonce: 'c', clientPort }, noAbort()), null)
    if (tls) t.equal(text.split('\r\n')[0], answer)
    const control = { port: site.port, tls: '1.3', identity: correct, serverCaPem, target: '/' } as const
    t.equal((await fetchOnce(control)).status, 200, 'the next client is served')
  })
}

t.test('a client that resets the connection is no harm', async (t) => {
  const { site } = await start(t)
  const socket = connect({ host: '127.0.0.1', port: site.port })
  await once(socket, 'connect')
  socket.resetAndDestroy()
  const control = { port: site.port, tls: '1.2', identity: correct, serverCaPem, target: '/' } as const
  t.equal((await fetchOnce(control)).status, 200)
})

t.test('who asks for a line that does not come is told at the deadline', async (t) => {
  const { site } = await start(t)
  const socket = connect({ host: '127.0.0.1', port: site.port })
  await once(socket, 'connect')
  const deadline = new AbortController()
  const entry = site.serverLog(
    { policy: '', nonce: 'd', clientPort: socket.localPort ?? null },
    deadline.signal,
  )
  deadline.abort()
  t.equal(await entry, null)
  socket.destroy()
})

t.test('who asks before the request gets the line when it is written', async (t) => {
  const { site } = await start(t)
  const entry = site.serverLog({ policy: '', nonce: 'e', clientPort: null }, noAbort())
  await fetchOnce({ port: site.port, tls: '1.3', identity: correct, serverCaPem, target: '/?cell=e' })
  t.match(await entry, { status: 200, substatus: 0 })
})

t.test('a log that cannot be written is a failure of the site, not of the request', async (t) => {
  const failures: string[] = []
  const { site, directory } = await start(t, { onFailure: (reason) => failures.push(reason) })
  await rm(join(directory, 'W3SVC1'), { recursive: true })
  const request = { port: site.port, tls: '1.3', identity: correct, serverCaPem, target: '/?cell=f' } as const
  t.equal((await fetchOnce(request)).status, 200)
  await site[Symbol.asyncDispose]()
  t.match(failures, [/^the W3C log cannot be written: ENOENT/])
})

for (const tls of tlsVersions) {
  t.test(`no session is resumed with TLS ${tls}`, async (t) => {
    const { site } = await start(t)
    const open = async (session?: Buffer): Promise<TLSSocket> => {
      const socket = connectTls({
        port: site.port,
        host: '127.0.0.1',
        ca: serverCaPem,
        servername: 'localhost',
        maxVersion: `TLSv${tls}`,
        ...(session ? { session } : {}),
      })
      await once(socket, 'secureConnect')
      return socket
    }
    const first = await open()
    let session = first.getSession()
    // TLS 1.3 sends what can be resumed after the handshake.
    first.on('session', (later) => (session = later))
    first.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    first.resume()
    await once(first, 'close')
    t.ok(session, 'the client has something to offer')
    const second = await open(session)
    t.equal(second.isSessionReused(), false)
    second.destroy()
  })
}

const program = promisify(execFile)
const openssl = await program('openssl', ['version']).catch(() => null)

for (const tls of tlsVersions) {
  t.test(
    `openssl s_client is asked with Schannel's algorithms and no CA names, TLS ${tls}`,
    { skip: openssl ? false : 'needs the openssl program' },
    async (t) => {
      const { site, directory } = await start(t)
      const caFile = join(directory, 'ca.pem')
      await writeFile(caFile, serverCaPem)
      const version = `-tls${tls.replace('.', '_')}`
      const args = ['s_client', '-connect', `127.0.0.1:${site.port}`, '-CAfile', caFile, version]
      const client = program('openssl', args)
      client.child.stdin?.end()
      const { stdout } = await client
      t.match(stdout, 'No client certificate CA names sent')
      const dsa = tls === '1.2' ? 'DSA+SHA1:' : ''
      t.match(
        stdout,
        'Requested Signature Algorithms: RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512:RSA+SHA256:RSA+SHA384:RSA+SHA1:' +
          `ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA1:${dsa}RSA+SHA512:ECDSA+SHA512\n`,
      )
      if (tls === '1.2') t.match(stdout, 'Client Certificate Types: RSA sign, DSA sign, ECDSA sign')
    },
  )
}
