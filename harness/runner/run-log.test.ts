import { appendFile, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { HarnessError } from '../model/errors.ts'
import { SCHEMA_VERSION, type RunEvent } from '../model/event.ts'
import { createRunLog, readRunLog } from './run-log.ts'
import { result } from './testdata/values.ts'

const started: RunEvent = {
  ...{
    type: 'run-started',
    schemaVersion: SCHEMA_VERSION,
    id: 'a-run',
    startedAt: '2026-11-20T00:00:00.000Z',
  },
  ...{
    command: ['countersign', 'run'],
    node: '20.20.2',
    openssl: '3.0.19',
    platform: 'linux',
    plannedCells: 2,
  },
}
const server: RunEvent = {
  ...{ type: 'server', name: 'alpha', version: '1', tlsLibrary: 'OpenSSL', backend: 'embedded' },
  ...{ status: 'ran', reason: null },
}
const events: readonly RunEvent[] = [
  started,
  server,
  // JSON escapes what would break a line, and keeps text that is not ASCII.
  result({ reason: 'a line\nand another, Zoë, \u2028' }),
  result({ index: 1 }),
  { type: 'run-finished', durationMs: 12, interrupted: false },
]

const lines = events.map((event) => JSON.stringify(event))
const [first = '', second = ''] = lines

async function read(path: string): Promise<readonly RunEvent[]> {
  const found: RunEvent[] = []
  for await (const event of readRunLog(path)) found.push(event)
  return found
}

t.test('what is appended is read again, in order, by its owner only', async (t) => {
  const path = join(t.testdir(), 'run.ndjson')
  const log = createRunLog(path)
  for (const event of events) log.append(event)
  await log.close()
  t.strictSame(await read(path), events)
  t.equal((await stat(path)).mode & 0o777, 0o600)
  t.equal((await readFile(path, 'utf8')).split('\n').length, events.length + 1, 'one line for each event')
})

t.test('a log of a killed run: the last line may stop anywhere', async (t) => {
  const path = join(t.testdir(), 'run.ndjson')
  const whole = `${first}\n${second}`
  // From its second byte on: without any, there is no last line.
  for (let length = first.length + 2; length < whole.length; length++) {
    await writeFile(path, whole.slice(0, length))
    t.strictSame(await read(path), [started], `${length} characters`)
  }
  await writeFile(path, whole)
  t.strictSame(await read(path), [started, server], 'the line is whole, only its end is missing')
})

t.test('the last line may stop inside a character', async (t) => {
  const path = join(t.testdir(), 'run.ndjson')
  await writeFile(path, `${first}\n`)
  await appendFile(path, Buffer.from('{"type":"cell","reason":"Zo\xc3', 'latin1'))
  t.strictSame(await read(path), [started])
})

const readable = [
  { name: 'lines that end in CRLF', text: lines.join('\r\n') },
  { name: 'empty lines', text: `${lines.join('\n\n')}\n\n\n` },
]

for (const { name, text } of readable) {
  t.test(`${name} do not matter`, async (t) => {
    const path = join(t.testdir({ 'run.ndjson': text }), 'run.ndjson')
    t.strictSame(await read(path), events)
  })
}

const otherVersion = JSON.stringify({ ...started, schemaVersion: 2 })

const refused = [
  { name: 'an empty file', text: '', line: null },
  { name: 'nothing but line ends', text: '\n\n', line: null },
  { name: 'no JSON at all', text: 'Dear diary\nToday\n', line: 1 },
  { name: 'a first line cut short', text: first.slice(0, 20), line: 1 },
  { name: 'a damaged line in the middle', text: `${first}\n${second.slice(0, 20)}\n${second}\n`, line: 2 },
  { name: 'a damaged line and then an empty one', text: `${first}\n{\n\n`, line: 2 },
  { name: 'foreign JSON', text: '{"type":"object"}\n', line: 1 },
  { name: 'foreign JSON at the end', text: `${first}\n{"level":30,"msg":"hello"}\n`, line: 2 },
  { name: 'JSON that is no object', text: `${first}\n[1]\n${second}`, line: 2 },
  { name: 'null', text: `${first}\nnull\n${second}`, line: 2 },
  { name: 'a log without its head', text: `${second}\n`, line: 1 },
  { name: 'another schemaVersion', text: `${otherVersion}\n`, line: 1, code: 'ERR_RUN_LOG_VERSION' },
  {
    name: 'no schemaVersion',
    text: JSON.stringify({ ...started, schemaVersion: undefined }),
    ...{ line: 1, code: 'ERR_RUN_LOG_VERSION' },
  },
  {
    name: 'another schemaVersion further down',
    text: `${first}\n${otherVersion}\n`,
    ...{ line: 2, code: 'ERR_RUN_LOG_VERSION' },
  },
]

for (const { name, text, line, code = 'ERR_RUN_LOG' } of refused) {
  t.test(`${name}: ${code}`, async (t) => {
    const path = join(t.testdir({ 'run.ndjson': text }), 'run.ndjson')
    const error = await read(path).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof HarnessError)) throw new Error('expected a HarnessError', { cause: error })
    t.equal(error.code, code)
    t.equal(error.where, line === null ? path : `${path}:${line}`)
    t.match(error.message, /^expected .*, found /)
    t.type(error.hint, 'string')
  })
}

for (const { name, path } of [
  { name: 'a missing file', path: (directory: string) => join(directory, 'run.ndjson') },
  { name: 'a directory', path: (directory: string) => directory },
]) {
  t.test(`${name}: ERR_RUN_LOG`, async (t) => {
    const where = path(t.testdir())
    await t.rejects(read(where), { name: 'HarnessError', code: 'ERR_RUN_LOG', where, hint: /run\.ndjson/ })
  })
}

t.test('an unwritable path is ERR_OUTPUT when the log is closed, however much was appended', async (t) => {
  const path = join(t.testdir({ file: '' }), 'file', 'run.ndjson')
  const log = createRunLog(path)
  for (const event of events) log.append(event)
  await new Promise((resolve) => setImmediate(resolve))
  for (const event of events) log.append(event)
  await t.rejects(log.close(), { name: 'HarnessError', code: 'ERR_OUTPUT', where: path, hint: /--output/ })
})

t.test('a reader that stops early closes the file', async (t) => {
  const path = join(t.testdir({ 'run.ndjson': lines.join('\n') }), 'run.ndjson')
  for await (const event of readRunLog(path)) {
    t.equal(event.type, 'run-started')
    break
  }
})
