import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { HarnessError } from '../model/errors.ts'
import { evidenceIn, evidenceText } from './evidence.ts'
import { alert, report, transcript } from './testdata/values.ts'

const ID = 'alpha/require/tls1.3/first/validity/expired'
const seen = transcript(alert('server', 'certificate_expired', 45))
const captured = report({
  keyLog: 'CLIENT_TRAFFIC_SECRET_0 aa bb\n',
  segments: [
    { from: 'client', bytes: Buffer.from('160301', 'hex') },
    // A view into a larger buffer, as sockets hand them out.
    { from: 'server', bytes: Uint8Array.from([0xff, 0x15, 0x03, 0xff]).subarray(1, 3) },
  ],
})

t.test('the text holds the id, the key log, both flows and the messages', async (t) => {
  t.equal(
    evidenceText(ID, captured, seen),
    [
      `# ${ID}`,
      '',
      '# key log',
      'CLIENT_TRAFFIC_SECRET_0 aa bb',
      '',
      '# flows, in the order seen',
      'client 160301',
      'server 1503',
      '',
      '# messages',
      'negotiated TLSv1.3 TLS_AES_128_GCM_SHA256',
      '<- * alert                fatal certificate_expired (45)',
      '',
    ].join('\n'),
  )
})

t.test('a connection on which nothing was said', async (t) => {
  t.match(
    evidenceText(ID, report(), transcript()),
    /# key log\n\n\n# flows, in the order seen\n\n# messages\n/,
  )
})

t.test('is written where the id says, for its owner only', async (t) => {
  const directory = t.testdir()
  const path = await evidenceIn(directory).write(ID, captured, seen)
  t.equal(path, `transcripts/${ID}.txt`)
  const file = join(directory, path)
  t.equal(await readFile(file, 'utf8'), evidenceText(ID, captured, seen))
  t.equal((await stat(file)).mode & 0o777, 0o600)
  t.equal((await stat(join(directory, 'transcripts'))).mode & 0o777, 0o700)
})

t.test('the next run in the same directory replaces it', async (t) => {
  const directory = t.testdir()
  const [first, second] = [evidenceIn(directory), evidenceIn(directory)]
  await first.write(ID, captured, seen)
  const path = await second.write(ID, report(), transcript())
  t.equal(await readFile(join(directory, path), 'utf8'), evidenceText(ID, report(), transcript()))
})

t.test('a folder that others could enter does not stay so', async (t) => {
  const directory = t.testdir()
  const file = join(directory, 'transcripts', `${ID}.txt`)
  await mkdir(join(file, '..'), { recursive: true })
  await chmod(join(directory, 'transcripts'), 0o755)
  await writeFile(file, 'old', { mode: 0o644 })
  await evidenceIn(directory).write(ID, captured, seen)
  t.equal((await stat(join(directory, 'transcripts'))).mode & 0o777, 0o700)
})

t.test('many cells of one directory at once', async (t) => {
  const directory = t.testdir()
  const evidence = evidenceIn(directory)
  const ids = Array.from({ length: 20 }, (_, index) => `alpha/require/cell-${index}`)
  const paths = await Promise.all(ids.map((id) => evidence.write(id, captured, seen)))
  for (const [index, path] of paths.entries()) {
    t.match(await readFile(join(directory, path), 'utf8'), `# ${ids[index]}`)
  }
})

t.test('a directory that cannot be written is ERR_OUTPUT, with the path', async (t) => {
  // A file in the way: a directory without write permission would not stop root.
  const directory = t.testdir({ transcripts: 'a file' })
  const evidence = evidenceIn(directory)
  for (const attempt of ['first', 'second']) {
    const failed = evidence.write(ID, captured, seen)
    await t.rejects(failed, HarnessError, attempt)
    await t.rejects(failed, {
      code: 'ERR_OUTPUT',
      message: /^the evidence could not be written: /,
      where: join(directory, 'transcripts', `${ID}.txt`),
      hint: /--output/,
    })
  }
})
