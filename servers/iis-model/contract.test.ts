import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { answerFor } from '../../harness/model/answer.ts'
import type { AnswerKey } from '../../harness/model/answer.ts'
import { HarnessError } from '../../harness/model/errors.ts'
import { tlsVersions } from '../../harness/model/tls.ts'
import type { Identity } from '../../harness/model/identity.ts'
import { issuePki } from '../../harness/pki/issue.ts'
import { authorities, identities as specs, server } from '../../scenarios/identities/index.ts'
import { iis10 } from './index.ts'
import { fetchOnce } from './testdata/fetch-once.ts'

/** Every identity with the row of answers.ts that it earns. */
const identities: Readonly<Record<string, AnswerKey>> = {
  correct: 'accepted',
  missing: 'missing',
  expired: 'expired',
  'not-yet-valid': 'not-yet-valid',
  untrusted: 'untrusted-issuer',
  'self-signed': 'self-signed',
  'wrong-eku': 'wrong-eku',
  'no-eku': 'accepted',
  'exchange-only': 'wrong-key-usage',
  'ecdsa-p256': 'accepted',
  // Schannel does not offer Ed25519, so there is nothing to send.
  ed25519: 'missing',
  'via-intermediate': 'accepted',
  'missing-intermediate': 'missing-intermediate',
}

const pki = await issuePki({ authorities, server, identities: specs }, { now: Date.now() })
const serverCaPem = pki.authorities['root-a'].certificate.pem
const policies = iis10.policies.map(({ policy }) => policy)
const noAbort = () => new AbortController().signal

function identityOf(name: string): Identity {
  const identity = pki.identities.get(name)
  if (!identity) throw new Error(`no identity ${name}`)
  return identity
}

async function startAll(t: Test) {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-iis-'))
  const started = await iis10.start({ backend: 'embedded', policies, pki, directory, signal: noAbort() })
  t.teardown(async () => {
    await started[Symbol.asyncDispose]()
    await rm(directory, { recursive: true })
  })
  return { started, directory }
}

t.test('each identity gets the answer of the table, and the log says the same', async (t) => {
  const { started } = await startAll(t)
  for (const { policy, answers } of iis10.policies) {
    for (const tls of tlsVersions) {
      for (const [name, key] of Object.entries(identities)) {
        const where = `${policy.name}, TLS ${tls}, ${name}`
        const nonce = `${policy.name}-${tls}-${name}`
        const { port = 0 } = started.endpoints.get(policy.name) ?? {}
        const { status, clientPort } = await fetchOnce({
          port,
          tls,
          identity: identityOf(name),
          serverCaPem,
          target: `/?cell=${nonce}`,
        })
        const entry = await started.serverLog({ policy: policy.name, nonce, clientPort }, noAbort())
        const expected = answerFor(answers, key, tls)
        t.equal(status, expected.status, `${where}: status`)
        t.match(
          entry,
          {
            status: expected.status,
            substatus: expected.substatus,
            win32: expected.win32,
            user: null,
            verify: null,
          },
          `${where}: log line`,
        )
        t.ok(entry?.line.includes(nonce), `${where}: the line is this request's`)
      }
    }
  }
})

t.test('the lines stand in a private file for each site', async (t) => {
  const { started, directory } = await startAll(t)
  const { port = 0 } = started.endpoints.get('require') ?? {}
  const identity = identityOf('missing')
  await fetchOnce({ port, tls: '1.3', identity, serverCaPem, target: '/?cell=4e' })
  const entry = await started.serverLog({ policy: 'require', nonce: '4e', clientPort: null }, noAbort())
  const [date] = entry?.line.split(' ') ?? []
  const file = join(directory, 'W3SVC4', `u_ex${date?.slice(2).replaceAll('-', '')}.log`)
  const text = await readFile(file, 'utf8')
  t.ok(text.endsWith(`${entry?.line}\r\n`))
  t.equal((await stat(file)).mode & 0o777, 0o600)
})

t.test('it knows only the embedded backend', async (t) => {
  t.match(await iis10.probe('embedded'), { available: true, version: /^10\.0/, tlsLibrary: /as Schannel/ })
  t.match(await iis10.probe('container'), { available: false, reason: /embedded/ })
  const options = { policies, pki, directory: '', signal: noAbort() } as const
  await t.rejects(iis10.start({ ...options, backend: 'native' }), { code: 'ERR_SERVER_START' })
})

t.test('a start that is aborted or fails says so and leaves nothing', async (t) => {
  const signal = AbortSignal.abort()
  const failed = iis10.start({ backend: 'embedded', policies, pki, directory: tmpdir(), signal })
  await t.rejects(failed, { name: 'HarnessError', code: 'ERR_SERVER_START' })
  await t.rejects(
    iis10.start({ backend: 'embedded', policies, pki, directory: '/dev/null', signal: noAbort() }),
    HarnessError,
  )
})

t.test('a policy that the model cannot play is refused, not ignored', async (t) => {
  const [policy] = policies
  for (const changes of [{ when: 'late' }, { caNames: ['root-c'] }] as const) {
    const options = { backend: 'embedded', pki, directory: tmpdir(), signal: noAbort() } as const
    const started = iis10.start({ ...options, policies: [{ ...policy!, ...changes }] })
    await t.rejects(started, { code: 'ERR_SERVER_START', message: /cannot play policy none/ })
  }
})

t.test('it is disposed more than once, with a connection open', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-iis-'))
  t.teardown(() => rm(directory, { recursive: true }))
  const started = await iis10.start({ backend: 'embedded', policies, pki, directory, signal: noAbort() })
  const { port = 0 } = started.endpoints.get('none') ?? {}
  const identity = identityOf('missing')
  const request = { port, tls: '1.3', identity, serverCaPem, target: '/' } as const
  await fetchOnce({ ...request, headers: { Connection: 'keep-alive' } })
  await started[Symbol.asyncDispose]()
  await started[Symbol.asyncDispose]()
  await t.rejects(fetchOnce(request), { code: 'ECONNREFUSED' })
  t.equal(await started.serverLog({ policy: 'none', nonce: 'x', clientPort: null }, noAbort()), null)
})
