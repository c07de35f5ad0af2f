import t from 'tap'
import { reasonText, statusReasons } from './status-reasons.ts'

const cases = [
  { code: [403, 16], generation: 7, text: 'Client certificate is untrusted or invalid.' },
  {
    code: [403, 16],
    generation: 6,
    text: 'Client certificate is ill-formed or is not trusted by the Web server.',
  },
  { code: [403, 16], generation: 5, text: 'Client certificate untrusted or invalid' },
  { code: [401, 7], generation: 7, text: null },
  { code: [401, 5], generation: 5, text: 'Authorization failed by an ISAPI/CGI application.' },
  { code: [403, 99], generation: 7, text: null },
] as const

for (const { code, generation, text } of cases) {
  t.test(`${code.join('.')} of generation ${generation}`, async (t) => {
    t.equal(reasonText(code[0], code[1], generation), text)
  })
}

t.test('every code of the pipeline has a reason and somebody who raises it', async (t) => {
  for (const code of [
    '401.1',
    '401.2',
    '403.4',
    '403.7',
    '403.12',
    '403.13',
    '403.16',
    '403.17',
    '413.0',
    '500.0',
  ] as const) {
    t.ok(statusReasons[code].text[7])
    t.ok(statusReasons[code].raisedBy!.modules.length > 0)
  }
})
