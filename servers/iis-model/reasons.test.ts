import t from 'tap'
import { answerFor } from '../../harness/model/answer.ts'
import type { Answers } from '../../harness/model/answer.ts'
import { refusalReasons } from '../../harness/model/refusal.ts'
import { neverAsked, request, require } from './answers.ts'
import { reasonsFor } from './reasons.ts'

const signs = { alert: null, status: 403, substatus: 16, win32: null, verify: null, user: null } as const
const tables: Readonly<Record<string, Answers>> = { neverAsked, request, require }

t.test('the signs of every refusal can mean the reason that they are expected for', async (t) => {
  for (const [name, answers] of Object.entries(tables)) {
    for (const reason of refusalReasons) {
      const answer = answerFor(answers, reason, '1.2')
      const possible = reasonsFor(answer)
      if (answer.verdict === 'refused') t.ok(possible.includes(reason), `${name}: ${reason}`)
      else t.strictSame(possible, [], `${name}: ${reason} is served`)
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
    reasons: [
      'untrusted-issuer',
      'self-signed',
      'missing-intermediate',
      'wrong-eku',
      'bad-signature',
      'issuer-not-ca',
    ],
  },
  { name: '403.13 revoked', signs: { substatus: 13, win32: 2148081680 }, reasons: ['revoked'] },
  { name: '403.13 offline', signs: { substatus: 13, win32: 2148081683 }, reasons: ['revocation-unknown'] },
  { name: '401.1 logon', signs: { status: 401, substatus: 1, win32: 1326 }, reasons: ['logon-failed'] },
  {
    name: '401.1 mapping',
    signs: { status: 401, substatus: 1, win32: 2148086018 },
    reasons: ['mapping-unreadable'],
  },
  { name: 'no answer at all', signs: { status: null, substatus: null }, reasons: ['late-request-failed'] },
  { name: '403.17', signs: { substatus: 17, win32: 2148204801 }, reasons: ['expired', 'not-yet-valid'] },
  { name: '403.7', signs: { substatus: 7, win32: 5 }, reasons: ['missing'] },
  { name: '401.1 with a foreign code', signs: { status: 401, substatus: 1, win32: 6 }, reasons: [] },
  { name: '403.4', signs: { substatus: 4, win32: 5 }, reasons: ['tls-required'] },
  { name: '200', signs: { status: 200, substatus: 0, win32: 0 }, reasons: [] },
  { name: '401.7', signs: { status: 401, substatus: 7, win32: 5 }, reasons: [] },
] as const

for (const { name, signs: changes, reasons } of cases) {
  t.test(`${name} means ${reasons.join(' or ') || 'nothing known'}`, async (t) => {
    t.strictSame(reasonsFor({ ...signs, ...changes }), reasons)
  })
}
