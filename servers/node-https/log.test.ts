import t from 'tap'
import { newLog, type LogRecord } from './log.ts'

const answered: LogRecord = {
  policy: 'require',
  clientPort: 4711,
  query: 'cell=8f3a',
  status: 200,
  verify: 'authorized',
}
const refused: LogRecord = { ...answered, query: null, status: null, verify: 'CERT_HAS_EXPIRED' }
const now = AbortSignal.abort()
const never = () => new AbortController().signal

t.test('a request is found by its nonce, whatever its port', async (t) => {
  const log = newLog()
  log.write(answered)
  t.match(await log.find({ policy: 'require', nonce: '8f3a', clientPort: null }, now), {
    line: 'require port=4711 query=cell=8f3a status=200 verify=authorized',
    status: 200,
    verify: 'authorized',
    substatus: null,
    win32: null,
    user: null,
  })
})

t.test('a connection refused before a request is found by its port', async (t) => {
  const log = newLog()
  log.write(refused)
  t.match(await log.find({ policy: 'require', nonce: 'x', clientPort: 4711 }, now), {
    line: 'require port=4711 query=- status=- verify=CERT_HAS_EXPIRED',
    status: null,
    verify: 'CERT_HAS_EXPIRED',
  })
})

const others = [
  { name: 'another policy', record: answered, key: { policy: 'request', nonce: '8f3a', clientPort: 4711 } },
  { name: 'another nonce', record: answered, key: { policy: 'require', nonce: '8f3', clientPort: 4711 } },
  { name: 'another port', record: refused, key: { policy: 'require', nonce: 'x', clientPort: 4712 } },
  {
    name: 'a port that nobody knows',
    record: { ...refused, clientPort: null },
    key: { policy: 'require', nonce: 'x', clientPort: null },
  },
] as const

for (const { name, record, key } of others) {
  t.test(`${name} is another connection`, async (t) => {
    const log = newLog()
    log.write(record)
    t.equal(await log.find(key, now), null)
  })
}

t.test('a line is given once', async (t) => {
  const log = newLog()
  log.write(refused)
  const key = { policy: 'require', nonce: 'x', clientPort: 4711 }
  t.ok(await log.find(key, now))
  t.equal(await log.find(key, now), null)
})

t.test('whoever waits gets the line when it is written, and null at the signal', async (t) => {
  const log = newLog()
  const abort = new AbortController()
  const found = log.find({ policy: 'require', nonce: '8f3a', clientPort: null }, never())
  const lost = log.find({ policy: 'require', nonce: 'lost', clientPort: null }, abort.signal)
  log.write(answered)
  abort.abort()
  t.match(await found, { status: 200 })
  t.equal(await lost, null)
})
