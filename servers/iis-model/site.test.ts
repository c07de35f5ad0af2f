import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import t from 'tap'
import { tlsVersions } from '../../harness/model/tls.ts'
import { fetchOnce } from './testdata/fetch-once.ts'
import { early, identity, logged, require, serverCaPem, start } from './testdata/site-under-test.ts'

const missing = identity('missing')
const correct = identity('correct')

const plainHttp = [
  { flags: ['None'], status: 200, substatus: 0, win32: 0 },
  { flags: ['Ssl'], status: 403, substatus: 4, win32: 5 },
  { flags: ['SslNegotiateCert'], status: 200, substatus: 0, win32: 0 },
  { flags: ['SslNegotiateCert', 'SslRequireCert'], status: 403, substatus: 7, win32: 5 },
  { flags: ['Ssl', 'SslNegotiateCert', 'SslRequireCert'], status: 403, substatus: 4, win32: 5 },
] as const

for (const { flags, status, substatus, win32 } of plainHttp) {
  t.test(`plain HTTP with access@sslFlags ${flags.join(',')} is ${status}.${substatus}`, async (t) => {
    const { site } = await start(t, { sslFlags: flags, http: true })
    const request = get({ host: '127.0.0.1', port: site.httpPort, path: '/?cell=a', agent: false })
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    answer.resume()
    t.equal(answer.statusCode, status)
    const entry = await logged(site, 'a')
    t.match(entry, { status, substatus, win32 })
  })
}

/** Who is asked in the first handshake, whatever the URL wants. */
const inHandshake = [
  { flags: ['None'], correct: 200, missing: 200, untrusted: 200 },
  { flags: ['Ssl'], correct: 200, missing: 200, untrusted: 200 },
  { flags: ['SslNegotiateCert'], correct: 200, missing: 200, untrusted: 403.16 },
  { flags: ['Ssl', 'SslNegotiateCert'], correct: 200, missing: 200, untrusted: 403.16 },
  { flags: ['SslNegotiateCert', 'SslRequireCert'], correct: 200, missing: 403.7, untrusted: 403.16 },
  { flags: ['Ssl', 'SslRequireCert'], correct: 200, missing: 403.7, untrusted: 403.16 },
  {
    flags: ['Ssl', 'SslNegotiateCert', 'SslRequireCert', 'Ssl128'],
    correct: 200,
    missing: 403.7,
    untrusted: 403.16,
  },
] as const

for (const tls of tlsVersions) {
  for (const { flags, ...answers } of inHandshake) {
    t.test(`TLS ${tls}, asked in the handshake, access@sslFlags ${flags.join(',')}`, async (t) => {
      const { site } = await start(t, { sslFlags: flags, sslCert: early })
      for (const [name, expected] of Object.entries(answers)) {
        const target = `/?cell=${name}`
        const request = {
          port: site.port,
          tls,
          identity: identity(name as keyof typeof answers),
          serverCaPem,
          target,
        }
        const { status } = await fetchOnce(request)
        t.equal(status, Math.floor(expected), name)
        const entry = await logged(site, name)
        const code = entry?.substatus ? Number(`${entry.status}.${entry.substatus}`) : entry?.status
        t.equal(code, expected, `${name} in the log`)
      }
    })
  }
}

t.test('a cipher below 128 bits is 403.5 where the URL wants Ssl128', async (t) => {
  const { site } = await start(t, {
    sslFlags: ['Ssl', 'Ssl128'],
    options: { extraCipherSuites: ['ECDHE-ECDSA-NULL-SHA'] },
  })
  const request = { port: site.port, tls: '1.2', identity: missing, serverCaPem, target: '/?cell=a' } as const
  t.equal((await fetchOnce({ ...request, ciphers: 'ECDHE-ECDSA-NULL-SHA:@SECLEVEL=0' })).status, 403)
  t.match(await logged(site, 'a'), { status: 403, substatus: 5 })
  t.equal((await fetchOnce(request)).status, 200)
})

for (const tls of tlsVersions) {
  t.test(`40 connections at once are each answered for their own certificate, TLS ${tls}`, async (t) => {
    const { site } = await start(t, { sslCert: early })
    const wins = { correct: 0, untrusted: 0x800b0109 } as const
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const name = index % 2 === 0 ? 'correct' : 'untrusted'
        const target = `/?cell=n${index}`
        const { status } = await fetchOnce({
          port: site.port,
          tls,
          identity: identity(name),
          serverCaPem,
          target,
        })
        t.equal(status, name === 'correct' ? 200 : 403)
        t.equal((await logged(site, `n${index}`))?.win32, wins[name], name)
      }),
    )
  })
}

t.test('/logoninfo.asp tells of the connection and its certificate', async (t) => {
  const { site } = await start(t)
  const target = '/logoninfo.asp?format=text'
  const { body } = await fetchOnce({ port: site.port, tls: '1.2', identity: correct, serverCaPem, target })
  for (const line of [
    /^CERT_FLAGS=1\r$/m,
    /^CERT_SUBJECT=.*correct\r$/m,
    /^HTTPS=on\r$/m,
    /^CERT_KEYSIZE=256\r$/m,
  ]) {
    t.match(body, line)
  }
})

t.test('a request that cannot be answered ends its connection, and is a failure of the site', async (t) => {
  const failures: string[] = []
  const sslFlags = (path: string) => {
    if (path === '/broken') throw new Error('no settings')
    return require
  }
  const { site } = await start(t, {
    sslFlags,
    sslCert: early,
    options: { onFailure: (reason) => failures.push(reason) },
  })
  const request = { port: site.port, tls: '1.2', identity: correct, serverCaPem } as const
  await t.rejects(fetchOnce({ ...request, target: '/broken' }))
  t.strictSame(failures, ['a request cannot be answered: no settings'])
  t.equal((await fetchOnce({ ...request, target: '/' })).status, 200)
})

t.test('a client sees 403 Forbidden and no substatus', async (t) => {
  const { site } = await start(t, { sslCert: early })
  const answer = await fetchOnce({ port: site.port, tls: '1.3', identity: missing, serverCaPem, target: '/' })
  t.match(answer, {
    status: 403,
    message: 'Forbidden',
    headers: { server: 'Microsoft-IIS/10.0', 'content-type': 'text/html', date: /GMT$/, connection: 'close' },
    body: /<h2>403 - Forbidden: Access is denied.<\/h2>/,
  })
  t.notMatch(answer.body, /403\.\d|0x80/)
})

for (const tls of tlsVersions) {
  t.test(`no session is resumed with TLS ${tls}`, async (t) => {
    const { site } = await start(t, { sslCert: early })
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
      const { site, directory } = await start(t, { sslCert: early })
      const caFile = join(directory, 'ca.pem')
      await writeFile(caFile, serverCaPem)
      const version = `-tls${tls.replace('.', '_')}`
      const args = ['s_client', '-connect', `127.0.0.1:${site.port}`, '-CAfile', caFile, version]
      const client = program('openssl', args)
      client.child.stdin?.end()
      const { stdout } = await client
      t.match(stdout, 'No client certificate CA names sent')
      // Of TLS 1.3, OpenSSL 3.5 leaves SHA-1 out by itself.
      const sha1 = (entry: string) => (tls === '1.2' ? `${entry}:` : `(${entry}:)?`)
      const dsa = tls === '1.2' ? 'DSA.SHA1:' : ''
      const requested = [
        'RSA-PSS.SHA256:RSA-PSS.SHA384:RSA-PSS.SHA512:RSA.SHA256:RSA.SHA384:',
        sha1('RSA.SHA1'),
        'ECDSA.SHA256:ECDSA.SHA384:',
        sha1('ECDSA.SHA1'),
        `${dsa}RSA.SHA512:ECDSA.SHA512\n`,
      ].join('')
      t.match(stdout, new RegExp(`^Requested Signature Algorithms: ${requested}`, 'm'))
      if (tls === '1.2') t.match(stdout, 'Client Certificate Types: RSA sign, DSA sign, ECDSA sign')
    },
  )
}

t.test(
  'openssl s_client is not asked in the first handshake of a late binding',
  { skip: openssl ? false : 'needs the openssl program' },
  async (t) => {
    const { site, directory } = await start(t)
    const caFile = join(directory, 'ca.pem')
    await writeFile(caFile, serverCaPem)
    const client = program('openssl', ['s_client', '-connect', `127.0.0.1:${site.port}`, '-CAfile', caFile])
    client.child.stdin?.end()
    const { stdout } = await client
    t.match(stdout, 'No client certificate CA names sent')
    t.notMatch(stdout, 'Requested Signature Algorithms')
  },
)
