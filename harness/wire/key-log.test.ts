import t from 'tap'
import { MAX_LINE_LENGTH, MAX_PROBLEMS, MAX_SECRETS, parseKeyLog } from './key-log.ts'

const RANDOM = 'ab'.repeat(32)
const OTHER = 'cd'.repeat(32)

function secretOf(text: string, label = 'CLIENT_RANDOM', random = RANDOM): string | null {
  const secret = parseKeyLog(text).secret(label, Buffer.from(random, 'hex'))
  return secret && Buffer.from(secret).toString('hex')
}

const found = [
  { name: 'a line', text: `CLIENT_RANDOM ${RANDOM} 0102\n` },
  { name: 'a last line without terminator', text: `CLIENT_RANDOM ${RANDOM} 0102` },
  { name: 'CRLF', text: `# made by a test\r\nCLIENT_RANDOM ${RANDOM} 0102\r\n` },
  { name: 'CR', text: `# made by a test\rCLIENT_RANDOM ${RANDOM} 0102\r` },
  { name: 'upper case digits', text: `CLIENT_RANDOM ${RANDOM.toUpperCase()} 0102` },
  {
    name: 'the last of two matching lines',
    text: `CLIENT_RANDOM ${RANDOM} 99\nCLIENT_RANDOM ${RANDOM} 0102`,
  },
  { name: 'other labels around', text: `A ${RANDOM} 99\nCLIENT_RANDOM ${RANDOM} 0102\nB ${RANDOM} 99` },
  { name: 'another connection after', text: `CLIENT_RANDOM ${RANDOM} 0102\nCLIENT_RANDOM ${OTHER} 99` },
  { name: 'a broken line after', text: `CLIENT_RANDOM ${RANDOM} 0102\nCLIENT_RANDOM ${RANDOM} 010` },
] as const

for (const { name, text } of found) {
  t.test(`finds the secret with ${name}`, async (t) => {
    t.equal(secretOf(text), '0102')
  })
}

t.test('finds nothing for another label, another random, or a random of another length', async (t) => {
  const text = `CLIENT_RANDOM ${RANDOM} 0102`
  t.equal(secretOf(text, 'EXPORTER_SECRET'), null)
  t.equal(secretOf(text, 'CLIENT_RANDOM', OTHER), null)
  t.equal(secretOf(text, 'CLIENT_RANDOM', 'ab'), null)
  t.equal(secretOf('', 'CLIENT_RANDOM'), null)
})

t.test('comments and empty lines are no problem', async (t) => {
  t.strictSame(parseKeyLog(`\n# caf\u00e9\n\r\n#CLIENT_RANDOM\nCLIENT_RANDOM ${RANDOM} 00\n`).problems, [])
})

const broken = [
  'CLIENT_RANDOM',
  `CLIENT_RANDOM ${RANDOM}`,
  `CLIENT_RANDOM ${RANDOM} `,
  `CLIENT_RANDOM ${RANDOM} 0`,
  `CLIENT_RANDOM ${RANDOM} 0g`,
  `CLIENT_RANDOM ${RANDOM} 00 00`,
  `CLIENT_RANDOM  ${RANDOM} 00`,
  `CLIENT_RANDOM ${RANDOM.slice(2)} 00`,
  ` CLIENT_RANDOM ${RANDOM} 00`,
  `RSA ${'ab'.repeat(8)} 00`,
  `CLIENT_RANDOM ${RANDOM} ${'00'.repeat(MAX_LINE_LENGTH)}`,
]

for (const line of broken) {
  t.test(`collects ${JSON.stringify(line.slice(0, 90))} as a problem`, async (t) => {
    const log = parseKeyLog(`# first\n${line}\nCLIENT_RANDOM ${OTHER} 0102\n`)
    t.equal(log.problems.length, 1)
    t.match(log.problems[0], { code: 'ERR_KEY_LOG_LINE', where: 'key log, line 2' })
    t.ok(log.secret('CLIENT_RANDOM', Buffer.from(OTHER, 'hex')), 'the good line is still read')
    t.equal(log.secret('CLIENT_RANDOM', Buffer.from(RANDOM, 'hex')), null)
  })
}

t.test('a problem never repeats what the line holds', async (t) => {
  const secret = 'beef'.repeat(12)
  t.notMatch(JSON.stringify(parseKeyLog(`CLIENT_RANDOM ${RANDOM} ${secret}x`).problems), /beef/)
})

t.test('keeps the newest secrets of a log without end', async (t) => {
  const random = (n: number): string => n.toString(16).padStart(64, '0')
  const log = Array.from({ length: MAX_SECRETS + 2 }, (_, n) => `CLIENT_RANDOM ${random(n)} 0102`)
  // The oldest line is mentioned again, so it is no longer the oldest.
  const text = [...log.slice(0, MAX_SECRETS), log[0], ...log.slice(MAX_SECRETS)].join('\n')
  t.equal(secretOf(text, 'CLIENT_RANDOM', random(0)), '0102')
  t.equal(secretOf(text, 'CLIENT_RANDOM', random(1)), null)
  t.equal(secretOf(text, 'CLIENT_RANDOM', random(2)), null)
  t.equal(secretOf(text, 'CLIENT_RANDOM', random(3)), '0102')
  t.equal(secretOf(text, 'CLIENT_RANDOM', random(MAX_SECRETS + 1)), '0102')
})

t.test('keeps a bounded number of problems', async (t) => {
  t.equal(parseKeyLog('bad\n'.repeat(10 * MAX_PROBLEMS)).problems.length, MAX_PROBLEMS)
})

t.test('a log truncated at any length is read without an error', async (t) => {
  const text = `# comment\r\nCLIENT_RANDOM ${RANDOM} 0102\nSERVER_TRAFFIC_SECRET_0 ${RANDOM} 0304\n`
  for (let length = 0; length <= text.length; length += 1)
    t.doesNotThrow(() => parseKeyLog(text.slice(0, length)))
})
