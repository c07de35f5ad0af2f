import t from 'tap'
import { isAbout, readLine } from './log.ts'

const line = (fields: object) =>
  JSON.stringify({
    cell: '8f3a',
    port: '40000',
    status: '200',
    protocol: 'TLSv1.3',
    verify: 'SUCCESS',
    ...fields,
  })
const key = { policy: 'require', nonce: '8f3a', clientPort: 40000 } as const

const connections = [
  { name: 'the same nonce and port', line: line({}), key, about: true },
  { name: 'another nonce', line: line({ cell: '8f3b' }), key, about: false },
  { name: 'a nonce that only begins like it', line: line({ cell: '8f3a5' }), key, about: false },
  { name: 'another port', line: line({ port: '40001' }), key, about: false },
  {
    name: 'another port behind a translation',
    line: line({ port: '1' }),
    key: { ...key, clientPort: null },
    about: true,
  },
  {
    name: 'the nonce in another field',
    line: line({ cell: '', verify: '"cell":"8f3a",' }),
    key,
    about: false,
  },
  { name: 'a line of something else', line: 'worker process 12 exited', key, about: false },
] as const

for (const { name, line, key, about } of connections) {
  t.test(`finds a connection: ${name}`, async (t) => t.equal(isAbout(line, key), about))
}

const nothing = { win32: null, user: null, substatus: null }
const lines = [
  { name: 'an accepted request', line: line({}), expected: { ...nothing, status: 200, verify: 'SUCCESS' } },
  {
    name: 'a refused one',
    line: line({ status: '400', verify: 'FAILED:certificate has expired' }),
    expected: { ...nothing, status: 400, verify: 'FAILED:certificate has expired' },
  },
  {
    name: 'a request over plain HTTP',
    line: line({ verify: '' }),
    expected: { ...nothing, status: 200, verify: null },
  },
  {
    name: 'a connection closed before an answer',
    line: line({ status: '000', verify: 'NONE' }),
    expected: { ...nothing, status: null, verify: 'NONE' },
  },
] as const

for (const { name, line, expected } of lines) {
  t.test(`reads ${name}`, async (t) => t.strictSame(readLine(line), { ...expected, line }))
}

t.test('a line that is cut, or was never ours, is no entry', async (t) => {
  t.equal(readLine(line({}).slice(0, -1)), null)
  t.equal(readLine('127.0.0.1 - - "GET / HTTP/1.1" 200'), null)
  t.equal(readLine('17'), null)
})
