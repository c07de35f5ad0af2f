import t from 'tap'
import type { Observation, ObservedAlert } from '../harness/model/observation.ts'
import { answerText, hexText, inTheClear } from './answer-text.ts'
import { sampleCell } from './testdata/sample.ts'

const observed = sampleCell().observed as Observation

const alert = (from: 'client' | 'server', description: string): ObservedAlert => ({
  from,
  description,
  code: 48,
  when: 'after-client-finished',
  received: true,
})
const http = (status: number, substatus: number | null) => ({
  status,
  substatus,
  substatusFrom: null,
  reason: '',
})

const cases = [
  { name: 'a status alone', http: http(200, null), alert: null, closedBy: 'fin', text: '200' },
  { name: 'an IIS substatus', http: http(403, 16), alert: null, closedBy: 'fin', text: '403.16' },
  {
    name: 'an nginx status behind the status',
    http: http(400, 495),
    alert: null,
    closedBy: 'fin',
    text: '400/495',
  },
  { name: 'an alert', http: null, alert: alert('server', 'unknown_ca'), closedBy: 'fin', text: 'unknown_ca' },
  {
    name: 'the client refuses',
    http: null,
    alert: alert('client', 'unknown_ca'),
    closedBy: 'fin',
    text: 'client unknown_ca',
  },
  {
    name: 'HTTP wins over an alert',
    http: http(200, null),
    alert: alert('server', 'x'),
    closedBy: 'fin',
    text: '200',
  },
  { name: 'FIN alone', http: null, alert: null, closedBy: 'fin', text: 'closed' },
  { name: 'RST alone', http: null, alert: null, closedBy: 'rst', text: 'reset' },
  { name: 'nothing in time', http: null, alert: null, closedBy: 'timeout', text: 'timeout' },
  {
    name: 'a hostile alert name',
    http: null,
    alert: alert('server', '\u001b[2J'),
    closedBy: 'fin',
    text: '\\u{1b}[2J',
  },
] as const

for (const { name, text, http, alert, closedBy } of cases) {
  t.test(name, async (t) => {
    t.equal(answerText({ ...observed, http, handshake: { ...observed.handshake, alert, closedBy } }), text)
  })
}

t.test('a reset HTTP/2 stream is told by its error code, however the connection ended', async (t) => {
  const seen = { ...observed, http: null, http2Reset: 'HTTP_1_1_REQUIRED' }
  for (const closedBy of ['fin', 'rst', 'client', 'timeout'] as const)
    t.equal(answerText({ ...seen, handshake: { ...seen.handshake, closedBy } }), 'HTTP_1_1_REQUIRED')
  t.equal(answerText({ ...seen, http2Reset: '\u001b[2J' }), '\\u{1b}[2J')
})

t.test('a Win32 code in hexadecimal, as the pages write it', async (t) => {
  t.equal(hexText(2148204809), '0x800B0109')
  t.equal(hexText(1326), '0x52E')
})

t.test('an answer without a ServerHello came in the clear', async (t) => {
  const handshake = { ...observed.handshake, version: null }
  t.equal(inTheClear({ ...observed, http: http(403, 4), handshake }), true)
  t.equal(inTheClear({ ...observed, http: null, handshake }), false, 'no answer says nothing')
  t.equal(inTheClear({ ...observed, http: http(200, null) }), false)
})
