import t from 'tap'
import { answerFor } from '../../harness/model/answer.ts'
import { refusalReasons } from '../../harness/model/refusal.ts'
import { tlsVersions } from '../../harness/model/tls.ts'
import { iis10 } from './index.ts'

const signs = { alert: null, status: 403, substatus: 16, win32: null, verify: null, user: null } as const

t.test('the signs of every refusal can mean the reason that they are expected for', async (t) => {
  for (const { policy, answers } of iis10.policies) {
    for (const reason of refusalReasons) {
      for (const tls of tlsVersions) {
        const answer = answerFor(answers, reason, tls)
        const possible = iis10.reasonsFor(answer)
        if (answer.verdict === 'refused') t.ok(possible.includes(reason), `${policy.name}: ${reason}`)
        else t.strictSame(possible, [], `${policy.name}: ${reason} is served`)
      }
    }
  }
})

const cases = [
  {
    name: '403.16 untrusted root',
    signs: { win32: 2148204809 },
    reasons: ['untrusted-issuer', 'self-signed'],
  },
  {
    name: '403.16 chaining',
    signs: { win32: 2148204810 },
    reasons: ['missing-intermediate', 'untrusted-issuer'],
  },
  { name: '403.16 wrong usage', signs: { win32: 2148204816 }, reasons: ['wrong-eku'] },
  {
    name: '403.16 without a Win32 code',
    signs: {},
    reasons: ['untrusted-issuer', 'self-signed', 'missing-intermediate', 'wrong-eku'],
  },
  { name: '403.17', signs: { substatus: 17, win32: 2148204801 }, reasons: ['expired', 'not-yet-valid'] },
  { name: '403.7', signs: { substatus: 7, win32: 5 }, reasons: ['missing'] },
  { name: '403.7 with a foreign code', signs: { substatus: 7, win32: 6 }, reasons: [] },
  { name: '403.4', signs: { substatus: 4, win32: 5 }, reasons: [] },
  { name: '403 without a substatus', signs: { substatus: null }, reasons: [] },
  { name: '401.7', signs: { status: 401, substatus: 7, win32: 5 }, reasons: [] },
] as const

for (const { name, signs: changes, reasons } of cases) {
  t.test(`${name} means ${reasons.join(' or ') || 'nothing known'}`, async (t) => {
    t.strictSame(iis10.reasonsFor({ ...signs, ...changes }), reasons)
  })
}

t.test('the page never shows a substatus', async (t) => {
  t.equal(iis10.substatusOf({ status: 403, reason: 'Forbidden', headers: {}, body: '403.16' }), null)
})
