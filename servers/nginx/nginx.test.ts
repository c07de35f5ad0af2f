/** The real nginx, native and in a container: what it answers is what answers.ts says, and it leaves nothing behind. */
import { readFile } from 'node:fs/promises'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import t, { type Test } from 'tap'
import { issuePki } from '../../harness/pki/issue.ts'
import { answerFor, type AnswerKey } from '../../harness/model/answer.ts'
import type { Identity, Pki } from '../../harness/model/identity.ts'
import type { Backend, Endpoint, HttpAnswer, StartedServer } from '../../harness/model/server.ts'
import { tlsVersions, type TlsVersion } from '../../harness/model/tls.ts'
import { childrenOf, isRunning } from '../../harness/process/testdata/processes.ts'
import { runProgram } from '../../harness/process/run-program.ts'
import { makeScratch } from '../../harness/process/scratch.ts'
import { authorities, identities, server } from '../../scenarios/identities/index.ts'
import { nginx } from './index.ts'

const cases = {
  correct: 'accepted',
  'via-intermediate': 'accepted',
  'no-eku': 'accepted',
  'ecdsa-p256': 'accepted',
  ed25519: 'accepted',
  missing: 'missing',
  expired: 'expired',
  'not-yet-valid': 'not-yet-valid',
  untrusted: 'untrusted-issuer',
  'self-signed': 'self-signed',
  'missing-intermediate': 'missing-intermediate',
  'wrong-eku': 'wrong-eku',
  'exchange-only': 'wrong-key-usage',
  'forged-issuer': 'bad-signature',
  'non-ca-issuer': 'issuer-not-ca',
  'expired-intermediate': 'expired',
  'server-auth-intermediate': 'wrong-eku',
  // RFC 5280 lets it pass, OpenSSL does not: scenarios/deviations.ts.
  'any-eku': 'wrong-eku',
  'with-crl': 'accepted',
  revoked: 'revoked',
  'crl-unreachable': 'revocation-unknown',
  'crl-stale': 'revocation-unknown',
} as const satisfies Record<string, AnswerKey>

const soon = () => AbortSignal.timeout(60_000)
const required = (process.env['COUNTERSIGN_REQUIRE'] ?? '').split(/[\s,]+/)
const policies = nginx.policies.map(({ policy }) => policy)
const pki = await issuePki({ authorities, server, identities }, { now: Date.now() })

for (const backend of ['native', 'container'] as const) {
  const availability = await nginx.probe(backend)
  const skip = !availability.available && !required.includes(backend) ? availability.reason : false
  t.test(`nginx, ${backend}`, { skip }, async (t) => {
    await using scratch = await makeScratch('nginx-test')
    const started = await nginx.start({ backend, policies, pki, directory: scratch.path, signal: soon() })
    try {
      t.match(started.version, /^\d+\.\d+\.\d+/)
      t.match(started.tlsLibrary, /^OpenSSL \d/)
      await t.test('answers as the table says', (t) => checkAnswers(t, started, backend))
      await t.test('names the CAs that the table says', (t) => checkNames(t, started))
      await t.test('plain HTTP to a TLS port is 497', (t) => checkPlainHttp(t, started))
      await t.test('writes no line for a connection without a request', async (t) => {
        const connection = { policy: 'require', nonce: 'never-sent', clientPort: null }
        t.equal(await started.serverLog(connection, AbortSignal.timeout(50)), null)
      })
    } finally {
      await started[Symbol.asyncDispose]()
    }
    await t.test('leaves no port open', async (t) => {
      for (const { port } of started.endpoints.values()) t.equal(await portState(port), 'ECONNREFUSED')
    })
  })
}

const native = await nginx.probe('native')
const skip = !native.available && !required.includes('native') ? native.reason : false

t.test('disposing of nginx ends its workers too', { skip }, async (t) => {
  await using scratch = await makeScratch('nginx-test')
  const started = await startNative(pki, scratch.path)
  const processes = await processesIn(scratch.path)
  t.ok(processes.length >= 2)
  await started[Symbol.asyncDispose]()
  for (const pid of processes) t.notOk(await isRunning(pid))
})

t.test('nginx that dies says so, and its workers die with it', { skip }, async (t) => {
  await using scratch = await makeScratch('nginx-test')
  await using started = await startNative(pki, scratch.path)
  const [master, ...workers] = await processesIn(scratch.path)
  process.kill(master!, 'SIGKILL')
  t.equal(await started.died, 'nginx ended with SIGKILL')
  for (const pid of workers) t.notOk(await isRunning(pid))
})

t.test('a start that fails tells nginx\u2019s own last words', { skip }, async (t) => {
  await using scratch = await makeScratch('nginx-test')
  const broken: Pki = { ...pki, server: { ...pki.server, keyPem: 'no key' } }
  await t.rejects(startNative(broken, scratch.path), {
    code: 'ERR_SERVER_START',
    message: /^nginx did not start: .*\[emerg\] cannot load certificate key/s,
    where: 'nginx, native backend',
  })
})

t.test('nginx does not run inside this process', async (t) => {
  t.match(await nginx.probe('embedded'), { available: false })
  await t.rejects(
    nginx.start({ backend: 'embedded', policies, pki, directory: '/nowhere', signal: soon() }),
    {
      code: 'ERR_SERVER_START',
    },
  )
})

function startNative(pki: Pki, directory: string): Promise<StartedServer> {
  return nginx.start({ backend: 'native', policies, pki, directory, signal: soon() })
}

async function checkAnswers(t: Test, started: StartedServer, backend: Backend): Promise<void> {
  for (const { policy, answers } of nginx.policies) {
    const endpoint = started.endpoints.get(policy.name)!
    for (const tls of tlsVersions) {
      for (const [name, key] of Object.entries(cases)) {
        const nonce = `${policy.name}.${tls}.${name}`
        const { answer, port } = await ask(endpoint, tls, pki.identities.get(name)!, nonce)
        const clientPort = backend === 'native' ? port : null
        const log = await started.serverLog(
          { policy: policy.name, nonce, clientPort },
          AbortSignal.timeout(5000),
        )
        const { verdict, status, substatus, verify } = answerFor(answers, key, tls)
        t.strictSame(
          {
            verdict: answer.status === 200 ? 'accepted' : 'refused',
            status: answer.status,
            logged: log?.status,
            substatus: nginx.substatusOf(answer)?.substatus ?? null,
            verify: log?.verify,
          },
          { verdict, status, logged: status, substatus, verify },
          nonce,
        )
      }
    }
  }
}

interface Asked {
  readonly answer: HttpAnswer
  readonly port: number | null
}

/** An alert instead of an answer rejects: nginx sends none for any of these identities. */
function ask(endpoint: Endpoint, tls: TlsVersion, identity: Identity, nonce: string): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest({
      ...endpoint,
      path: `/?cell=${nonce}`,
      agent: false,
      headers: { connection: 'close' },
      ca: pki.authorities['root-a'].certificate.pem,
      minVersion: `TLSv${tls}`,
      maxVersion: `TLSv${tls}`,
      ...(identity.keyPem === null ? {} : { cert: identity.chainPem, key: identity.keyPem }),
    })
    request.once('error', reject)
    request.once('response', (response) => {
      const port = response.socket.localPort ?? null
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () => {
        const { statusCode: status = 0, statusMessage: reason = '' } = response
        resolve({ answer: { status, reason, headers: {}, body: Buffer.concat(chunks).toString() }, port })
      })
    })
    request.end()
  })
}

async function checkNames(t: Test, started: StartedServer): Promise<void> {
  for (const { policy, certificateAuthorities } of nginx.policies) {
    const { host, port } = started.endpoints.get(policy.name)!
    const args = ['s_client', '-connect', `${host}:${port}`, '-tls1_2', '-nameopt', 'RFC2253']
    const { stdout } = await runProgram({ command: 'openssl', args, input: 'Q\n', signal: soon() })
    const names =
      /Acceptable client certificate CA names\n((?:.*=.*\n)+)/.exec(stdout)?.[1]?.trim().split('\n') ?? []
    const asked = stdout.includes('Client Certificate Types')
    const named = certificateAuthorities && 'crowd' in certificateAuthorities ? null : certificateAuthorities
    const expected = named?.map((name) => pki.authorities[name].certificate.subject) ?? null
    t.strictSame(asked ? names : null, expected, policy.name)
  }
}

async function checkPlainHttp(t: Test, started: StartedServer): Promise<void> {
  const { host, port } = started.endpoints.get('require')!
  const response = await fetch(`http://${host}:${port}/`)
  const answer = { status: response.status, body: await response.text() }
  t.strictSame(nginx.substatusOf({ ...answer, reason: '', headers: {} }), {
    substatus: 497,
    substatusFrom: 'body',
  })
}

/** The master first. nginx listens before it writes its pid file and starts its worker. */
async function processesIn(directory: string): Promise<readonly number[]> {
  for (;;) {
    const master = Number(await readFile(`${directory}/nginx.pid`, 'utf8').catch(() => ''))
    const workers = master === 0 ? [] : await childrenOf(master)
    if (workers.length > 0) return [master, ...workers.map(({ pid }) => pid)]
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function portState(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve('open')
    })
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
}
