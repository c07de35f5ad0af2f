/** `countersign serve` from outside: by policy and by a web.config; its log on stdout; nothing left at the end. */
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import t from 'tap'
import type { Test } from 'tap'
import { freePorts } from '../process/port.ts'
import { countersign, start, type Running } from './testdata/command.ts'

const webConfig = `<?xml version="1.0"?>
<configuration>
  <location path="public">
    <system.webServer><security><access sslFlags="None" /></security></system.webServer>
  </location>
  <system.webServer>
    <security>
      <access sslFlags="Ssl, SslNegotiateCert, SslRequireCert" />
      <authentication>
        <anonymousAuthentication enabled="false" />
        <iisClientCertificateMappingAuthentication enabled="true">
          <oneToOneMappings>
            <add userName="partner" password="[enc:AesProvider:x:enc]" certificate="CERTIFICATE" />
          </oneToOneMappings>
        </iisClientCertificateMappingAuthentication>
      </authentication>
    </security>
  </system.webServer>
</configuration>
`

const machine = `sslcert: { clientcertnegotiation: true }
accounts: [{ name: partner, password: secret }]
passwords: { partner: secret }
plays: [{ mapping: 1, identity: correct }]
`

interface Served {
  readonly running: Running
  readonly port: number
  readonly folder: string
  readonly directory: string
  readonly text: () => string
}

async function serve(t: Test, cwd: string, args: readonly string[]): Promise<Served> {
  const running = start(['serve', ...args, '--port', '0'], { cwd })
  t.teardown(() => running.process.kill('SIGKILL'))
  let text = ''
  running.process.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await new Promise<void>((resolve, reject) => {
    running.process.stdout.on('data', () => text.includes('Ctrl-C stops it.') && resolve())
    void running.finished.then(({ stderr }) => reject(new Error(stderr)))
  })
  const after = (label: string) => new RegExp(`${label} +(\\S+)`).exec(text)?.[1] ?? ''
  return {
    running,
    port: Number(new URL(after('address')).port),
    folder: after('certificates'),
    directory: after('files, logs'),
    text: () => text,
  }
}

/** The status line. */
function ask({ port, folder }: Served, identity: string | null, path = '/'): Promise<string> {
  const file = (name: string) => readFileSync(join(folder, name))
  const own = identity === null ? {} : { cert: file(`${identity}.pem`), key: file(`${identity}.key`) }
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: file('ca.pem'), ...own })
    let answer = ''
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
    socket.on('end', () => resolve(answer.split('\r\n')[0] ?? ''))
    socket.on('error', reject)
  })
}

async function stop(t: Test, { running, folder, directory }: Served, signal: NodeJS.Signals): Promise<void> {
  running.process.kill(signal)
  const { exitCode } = await running.finished
  t.equal(exitCode, 0, 'that is how it is meant to end')
  t.notOk(existsSync(folder), 'the certificates made for it are gone')
  t.notOk(existsSync(directory), 'so are its files')
}

t.test('a policy of any server', async (t) => {
  for (const [server, policy, status] of [
    ['node-https', 'request', 'HTTP/1.1 200 OK'],
    ['iis-6', 'require', 'HTTP/1.1 403 Forbidden'],
  ] as const) {
    const served = await serve(t, t.testdir({}), [server, '--policy', policy])
    t.equal(await ask(served, null), status, server)
    t.equal(await ask(served, 'correct'), 'HTTP/1.1 200 OK', server)
    if (server === 'iis-6') t.match(served.text(), / 403 7 5\n {2}= 403\.7 /, 'its log')
    await stop(t, served, 'SIGINT')
  }
})

t.test('a web.config with a machine file', async (t) => {
  const cwd = t.testdir({ 'machine.yaml': machine })
  const { writeFileSync } = await import('node:fs')
  writeFileSync(join(cwd, 'web.config'), webConfig.replace('CERTIFICATE', someCertificate()))
  const served = await serve(t, cwd, ['iis-10', '--config', 'web.config', '--machine', 'machine.yaml'])
  t.equal(await ask(served, 'correct'), 'HTTP/1.1 200 OK', 'the mapped user')
  t.equal(await ask(served, 'ecdsa-p256'), 'HTTP/1.1 401 Unauthorized', 'nobody maps it')
  t.equal(await ask(served, null), 'HTTP/1.1 403 Forbidden', 'nothing was sent')
  t.equal(await ask(served, null, '/public'), 'HTTP/1.1 401 Unauthorized', 'the location asks for nothing')
  t.equal(await ask(served, 'untrusted'), 'HTTP/1.1 403 Forbidden', 'untrusted')
  await stop(t, served, 'SIGTERM')
  const lines = served.text()
  t.match(lines, /GET \/ - \d+ partner \S+ - - 200 0 0 \d+\n/)
  t.match(lines, / 401 2 5 \d+\n {2}= 401\.2 /)
  t.match(lines, / 403 7 5 \d+\n {2}= 403\.7 Client certificate required\./)
  t.match(lines, / 403 16 2148204809 \d+\n {2}= 403\.16 .*CERT_E_UNTRUSTEDROOT 0x800B0109/)
})

t.test('a port that is taken: said before anything is started', async (t) => {
  const cwd = t.testdir({})
  const served = await serve(t, cwd, ['node-https'])
  for (const server of ['node-https', 'iis-10']) {
    const { exitCode, stdout, stderr } = await countersign(['serve', server, '--port', String(served.port)], {
      cwd,
    })
    t.equal(exitCode, 2)
    t.equal(stdout, '')
    t.match(
      stderr,
      /^countersign: cannot listen: .*EADDRINUSE.* \[ERR_PORT\]\n {2}where: .*\n {2}hint: .*--port/,
    )
  }
  await stop(t, served, 'SIGINT')
})

t.test('one folder of certificates for two', async (t) => {
  const cwd = t.testdir({})
  const issue = async (folder: string, url: string) =>
    t.equal(
      (await countersign(['issue', 'missing', '--out', folder, '--distribution-point', url], { cwd }))
        .exitCode,
      0,
    )
  const [port] = await freePorts(1)
  await issue('ours', `http://127.0.0.1:${port}`)
  const running = start(['serve', 'node-https', '--port', '0', '--pki', 'ours'], { cwd })
  t.teardown(() => running.process.kill('SIGKILL'))
  await once(running.process.stdout, 'data')
  const second = await countersign(['serve', 'node-https', '--port', '0', '--pki', 'ours'], { cwd })
  t.equal(second.exitCode, 2)
  t.match(second.stderr, /cannot serve CRLs: .*\n.*\n {2}hint: .* with the same certificates/)
  running.process.kill('SIGINT')
  t.equal((await running.finished).exitCode, 0)

  // RFC 5737: an address for documentation.
  await issue('theirs', 'http://192.0.2.1')
  const run = ['run', '--server', 'node-https', '--identity', 'missing', '--pki', 'theirs']
  const { exitCode, stderr } = await countersign(run, { cwd })
  t.match(
    stderr,
    /^countersign: the CRLs are not served from here: http:\/\/192\.0\.2\.1 is not this machine\n/,
  )
  t.not(exitCode, 2)
})

/** Any certificate at all: the machine file puts ours in its place. */
function someCertificate(): string {
  const pem = readFileSync(new URL('./testdata/customer.pem', import.meta.url), 'latin1')
  return pem.replace(/-----[^-]+-----|\s/g, '')
}
