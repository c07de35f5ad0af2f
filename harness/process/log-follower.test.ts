import { appendFile, writeFile } from 'node:fs/promises'
import t from 'tap'
import { followLog } from './log-follower.ts'
import { makeScratch } from './scratch.ts'

const soon = () => AbortSignal.timeout(5000)
const nowAborted = AbortSignal.abort()

t.test('finds a line that stands there already, and gives it away once', async (t) => {
  await using scratch = await makeScratch('log')
  await using log = followLog(await scratch.write('access.log', 'one\ntwo\n'))
  t.equal(await log.find((line) => line === 'two', soon()), 'two')
  t.equal(await log.find((line) => line === 'two', nowAborted), null)
  t.equal(await log.find((line) => line === 'one', soon()), 'one')
})

t.test('waits for a line that comes later, in a file that comes later', async (t) => {
  await using scratch = await makeScratch('log')
  const path = `${scratch.path}/access.log`
  await using log = followLog(path)
  const found = log.find((line) => line.startsWith('late'), soon())
  await writeFile(path, 'other\n')
  await appendFile(path, 'late ')
  await appendFile(path, 'n\u00e4me\n')
  t.equal(await found, 'late n\u00e4me')
})

t.test('a line cut between two bytes of one character is read whole', async (t) => {
  await using scratch = await makeScratch('log')
  const path = await scratch.write('access.log', '')
  await using log = followLog(path)
  const bytes = Buffer.from('n\u00e4me\n')
  await appendFile(path, bytes.subarray(0, 2))
  const found = log.find((line) => line.length === 4, soon())
  await appendFile(path, bytes.subarray(2))
  t.equal(await found, 'n\u00e4me')
})

t.test('serves hundreds of waiters, each with its own line, in any order', async (t) => {
  await using scratch = await makeScratch('log')
  const path = await scratch.write('access.log', '')
  await using log = followLog(path)
  const nonces = Array.from({ length: 500 }, (_, index) => `nonce-${index};`)
  const found = Promise.all(nonces.map((nonce) => log.find((line) => line.includes(nonce), soon())))
  const lines = nonces.toReversed().map((nonce) => `GET /?cell=${nonce} ${'x'.repeat(300)}\n`)
  await appendFile(path, lines.slice(0, 250).join(''))
  await appendFile(path, lines.slice(250).join(''))
  const answers = await found
  t.ok(nonces.every((nonce, index) => answers[index]?.includes(nonce)))
})

t.test('keeps a bounded number of lines that nobody claims', async (t) => {
  await using scratch = await makeScratch('log')
  const lines = Array.from({ length: 5000 }, (_, index) => `line ${index}`)
  await using log = followLog(await scratch.write('access.log', `${lines.join('\n')}\n`))
  t.equal(await log.find((line) => line === 'line 4999', soon()), 'line 4999')
  t.equal(await log.find((line) => line === 'line 0', nowAborted), null)
})

t.test('answers null when the signal aborts first', async (t) => {
  await using scratch = await makeScratch('log')
  await using log = followLog(await scratch.write('access.log', 'one\n'))
  t.equal(await log.find(() => false, AbortSignal.timeout(20)), null)
})

t.test('answers null to whoever still waits when it is disposed of', async (t) => {
  await using scratch = await makeScratch('log')
  const log = followLog(await scratch.write('access.log', ''))
  const found = log.find(() => true, soon())
  await log[Symbol.asyncDispose]()
  t.equal(await found, null)
  t.equal(await log.find(() => true, soon()), null)
})

t.test('a line without its line feed is not a line yet', async (t) => {
  await using scratch = await makeScratch('log')
  await using log = followLog(await scratch.write('access.log', 'half'))
  t.equal(await log.find(() => true, AbortSignal.timeout(20)), null)
})
