import t from 'tap'
import { answerFor, type AnswerKey } from '../../harness/model/answer.ts'
import { refusalReasons } from '../../harness/model/refusal.ts'
import { policies, reasonsFor } from './answers.ts'
import { substatusOf } from './substatus.ts'

const signs = { alert: null, status: 400, substatus: 495, win32: null, verify: null, user: null } as const

t.test('every refusal of the table can be read back from its signs', async (t) => {
  for (const { policy, answers } of policies) {
    for (const reason of refusalReasons) {
      const answer = answerFor(answers, reason satisfies AnswerKey, '1.3')
      if (answer.verdict === 'accepted') continue
      t.ok(reasonsFor(answer).includes(reason), `${policy.name}, ${reason}`)
    }
  }
})

const meanings = [
  {
    verify: 'FAILED:unable to verify the first certificate',
    reasons: ['untrusted-issuer', 'missing-intermediate'],
  },
  {
    verify: 'FAILED:unable to get local issuer certificate',
    reasons: ['untrusted-issuer', 'missing-intermediate'],
  },
  {
    verify: 'FAILED:unsuitable certificate purpose',
    reasons: ['wrong-eku', 'wrong-key-usage', 'issuer-not-ca'],
  },
  {
    verify: 'FAILED:unsupported certificate purpose',
    reasons: ['wrong-eku', 'wrong-key-usage', 'issuer-not-ca'],
  },
  { verify: 'FAILED:certificate signature failure', reasons: ['bad-signature'] },
  { verify: 'FAILED:invalid CA certificate', reasons: ['issuer-not-ca'] },
  { verify: 'FAILED:certificate revoked', reasons: ['revoked'] },
  { verify: 'FAILED:unable to get certificate CRL', reasons: ['revocation-unknown'] },
  { verify: 'FAILED:CRL has expired', reasons: ['revocation-unknown'] },
  { verify: 'FAILED:self signed certificate', reasons: ['self-signed'] },
  { verify: 'FAILED:a text of another year', reasons: [] },
] as const

for (const { verify, reasons } of meanings) {
  t.test(`what '${verify}' can mean`, async (t) => t.strictSame(reasonsFor({ ...signs, verify }), reasons))
}

t.test('496 means that nothing was presented, with or without the log', async (t) => {
  t.strictSame(reasonsFor({ ...signs, substatus: 496 }), ['missing'])
  t.strictSame(reasonsFor({ ...signs, substatus: 496, verify: 'NONE' }), ['missing'])
})

t.test('495 without the log leaves every fault possible, and no 495 none', async (t) => {
  t.strictSame(
    reasonsFor(signs),
    refusalReasons.filter((reason) => reason !== 'missing'),
  )
  t.strictSame(reasonsFor({ ...signs, substatus: null }), [])
})

const page = (title: string) => `<html>\r\n<head><title>${title}</title></head>\r\n<body>`
const bodies = [
  { status: 400, body: page('400 The SSL certificate error'), substatus: 495 },
  { status: 400, body: page('400 No required SSL certificate was sent'), substatus: 496 },
  { status: 400, body: page('400 The plain HTTP request was sent to HTTPS port'), substatus: 497 },
  { status: 400, body: page('400 Bad Request'), substatus: null },
  { status: 400, body: '', substatus: null },
  { status: 200, body: page('400 The SSL certificate error'), substatus: null },
] as const

for (const { status, body, substatus } of bodies) {
  t.test(`status ${status} with ${JSON.stringify(body)} is substatus ${substatus}`, async (t) => {
    const expected = substatus === null ? null : { substatus, substatusFrom: 'body' }
    t.strictSame(substatusOf({ status, body }), expected)
  })
}
