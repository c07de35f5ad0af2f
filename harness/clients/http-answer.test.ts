import t from 'tap'
import { findHttpAnswer, MAX_BODY_BYTES } from './http-answer.ts'

const TICKET = '---\nPost-Handshake New Session Ticket arrived:\nSSL-Session:\n---\nread R BLOCK\n'

const cases = [
  {
    name: 'between the lines of a program',
    output: `CONNECTED(00000003)\n---\n${TICKET}HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello${TICKET}closed\n`,
    answer: { status: 200, reason: 'OK', headers: { 'content-length': '5' }, body: 'hello' },
  },
  {
    name: 'without a reason, without fields',
    output: 'HTTP/1.1 204\r\n\r\n',
    answer: { status: 204, reason: '', headers: {}, body: '' },
  },
  {
    name: 'a length in bytes, not characters',
    output: 'HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\u00e4\u00f6closed',
    answer: { status: 200, reason: 'OK', headers: { 'content-length': '4' }, body: '\u00e4\u00f6' },
  },
  {
    name: 'a length that is none',
    output: 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nall of it',
    answer: { status: 200, reason: 'OK', headers: { 'content-length': 'many' }, body: 'all of it' },
  },
  {
    name: 'chunks, with an extension and a trailer',
    output:
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3;a=b\r\none\r\nA\r\n, two, six\r\n0\r\nT: x\r\n\r\nclosed',
    answer: {
      status: 200,
      reason: 'OK',
      headers: { 'transfer-encoding': 'Chunked' },
      body: 'one, two, six',
    },
  },
  {
    name: 'chunks that break off',
    output: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\nff\r\ntwo',
    answer: { status: 200, reason: 'OK', headers: { 'transfer-encoding': 'chunked' }, body: 'onetwo' },
  },
  {
    name: 'an interim answer before it',
    output: 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 403 Not For You\r\nServer:  IIS \r\nno colon\r\n\r\n',
    answer: { status: 403, reason: 'Not For You', headers: { server: 'IIS' }, body: '' },
  },
] as const

for (const { name, output, answer } of cases) {
  t.test(name, async (t) => {
    t.strictSame(findHttpAnswer(output)?.answer, answer)
  })
}

const none = [
  { name: 'nothing', output: '' },
  { name: 'a head that breaks off', output: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n' },
  { name: 'a status line alone', output: 'HTTP/1.1 200 OK\r\n' },
  { name: 'another version', output: 'HTTP/2 200\r\n\r\n' },
  { name: 'a status line within a line', output: 'say HTTP/1.1 200 OK\r\n\r\n' },
  { name: 'an interim answer alone', output: 'HTTP/1.1 103 Early Hints\r\n\r\n' },
] as const

for (const { name, output } of none) {
  t.test(`no answer: ${name}`, async (t) => {
    t.equal(findHttpAnswer(output), null)
  })
}

t.test('a body is kept up to its bound', async (t) => {
  const found = findHttpAnswer(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(MAX_BODY_BYTES + 1)}`)
  t.equal(found?.answer.body.length, MAX_BODY_BYTES)
})

t.test('what was printed before is told apart', async (t) => {
  t.equal(findHttpAnswer(`before\nHTTP/1.1 200 OK\r\n\r\nafter`)?.before, 'before\n')
})
