/** The running server: what it answers to each identity is what answers.ts says. */
import t from 'tap'
import { node } from '../../harness/clients/node.ts'
import { answerFor, type AnswerKey } from '../../harness/model/answer.ts'
import { refusalReasons } from '../../harness/model/refusal.ts'
import type { NeutralExpectation } from '../../harness/model/scenario.ts'
import { tlsVersions } from '../../harness/model/tls.ts'
import { issuePki } from '../../harness/pki/issue.ts'
import { dissect } from '../../harness/wire/dissect.ts'
import { authorities, identities, server } from '../../scenarios/identities/index.ts'
import { scenarios } from '../../scenarios/index.ts'
import { reasonsFor } from './answers.ts'
import { nodeHttps } from './index.ts'

/** Identities with the row of answers.ts that they earn: what the neutral scenarios say of them. */
const cases: ReadonlyMap<string, AnswerKey> = new Map([
  ...scenarios.flatMap(({ id, identity, expect }): (readonly [string, AnswerKey])[] =>
    id.startsWith('client-certificate/') ? [[identity, answerKeyOf(expect)]] : [],
  ),
  // RFC 5280 lets it pass, OpenSSL does not: scenarios/deviations.ts.
  ['any-eku', 'wrong-eku'],
  ['crl-stale', 'revocation-unknown'],
])

const pki = await issuePki({ authorities, server, identities }, { now: Date.now() })
const policies = nodeHttps.policies.map(({ policy }) => policy)
const patience = () => AbortSignal.timeout(60_000)
const options = { backend: 'embedded', policies, pki, directory: '', signal: patience() } as const

t.test('each identity gets the answer of the table, and the log says the same', async (t) => {
  t.strictSame([...new Set(cases.values())].sort(), ['accepted', ...refusalReasons].sort())
  const started = await nodeHttps.start(options)
  t.teardown(() => started[Symbol.asyncDispose]())
  const client = await node.open('')
  for (const { policy, answers } of nodeHttps.policies) {
    for (const tls of tlsVersions) {
      for (const [name, key] of cases) {
        const nonce = `${policy.name}-${tls}-${name}`
        const report = await client.connect({
          endpoint: started.endpoints.get(policy.name)!,
          identity: pki.identities.get(name)!,
          target: `/?cell=${nonce}`,
          signal: patience(),
          tls,
        })
        const { clientPort } = report
        const log = await started.serverLog({ policy: policy.name, nonce, clientPort }, patience())
        const sent = dissect(report.segments, report.keyLog).entries.flatMap(({ from, content }) =>
          from === 'server' && content.kind === 'alert' && content.alert.description !== 'close_notify'
            ? [content.alert.description]
            : [],
        )
        const { status, verify, alert } = answerFor(answers, key, tls)
        t.strictSame(
          {
            status: report.http?.status ?? null,
            logged: log?.status,
            verify: log?.verify,
            alert: sent[0] ?? null,
          },
          { status, logged: status, verify, alert },
          nonce,
        )
      }
    }
  }
})

t.test('a word of the log can mean several reasons', async (t) => {
  const signs = { alert: null, status: null, substatus: null, win32: null, user: null }
  t.strictSame(reasonsFor({ ...signs, verify: 'INVALID_PURPOSE' }), [
    'wrong-eku',
    'wrong-key-usage',
    'issuer-not-ca',
  ])
  t.strictSame(reasonsFor({ ...signs, verify: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }), [
    'untrusted-issuer',
    'missing-intermediate',
  ])
  t.strictSame(reasonsFor({ ...signs, verify: 'CERT_REVOKED' }), ['revoked'])
  t.strictSame(reasonsFor({ ...signs, verify: 'UNABLE_TO_GET_CRL' }), ['revocation-unknown'])
  for (const verify of [null, 'authorized', 'CERT_UNHEARD_OF'])
    t.strictSame(reasonsFor({ ...signs, verify }), [])
})

t.test('a policy that it cannot play is refused, not ignored', async (t) => {
  const [policy] = policies
  for (const changes of [{ when: 'late' }, { caNames: 'none' }, { caNames: ['root-c'] }] as const) {
    const started = nodeHttps.start({ ...options, policies: [{ ...policy!, ...changes }] })
    await t.rejects(started, { code: 'ERR_SERVER_START', message: /cannot play policy none/ })
  }
})

t.test('a start that fails closes what was open', async (t) => {
  const broken = { ...pki, server: { ...pki.server, keyPem: 'no key' } }
  await t.rejects(nodeHttps.start({ ...options, pki: broken }), { code: 'ERR_SERVER_START' })
})

function answerKeyOf(expect: NeutralExpectation): AnswerKey {
  if ('accepted' in expect) return 'accepted'
  const reason = refusalReasons.find((each) => each === expect.refused)
  if (reason === undefined) throw new Error(`${expect.refused} is no fault of a certificate`)
  return reason
}
