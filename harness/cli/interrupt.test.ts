/** Ctrl-C and SIGTERM: exit code 130, a readable log, reports that say so, and nothing left behind. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import type { RunEvent } from '../model/event.ts'
import { processesAbout, start, type Running } from './testdata/command.ts'

/** One cell after another, of two servers that need nothing else: a second or more, whatever the machine. */
const args = [
  'run',
  '--server',
  'iis-10,node-https',
  '--concurrency',
  '1',
  '--output',
  'out',
  '--reporter',
  'tap',
]

function begin(cwd: string): Running {
  return start([...args, '--update-baseline'], { cwd, env: { TMPDIR: cwd } })
}

async function reached(cwd: string, { process }: Running, type: RunEvent['type']): Promise<void> {
  const log = join(cwd, 'out', 'run.ndjson')
  while (!existsSync(log) || !readFileSync(log, 'utf8').includes(`"type":"${type}"`)) {
    if (process.exitCode !== null) throw new Error('the run ended before it could be interrupted')
    await sleep(10)
  }
}

function leftBehind(cwd: string): readonly string[] {
  return [...readdirSync(cwd).filter((name) => name.startsWith('countersign-')), ...processesAbout(cwd)]
}

const moments = [
  { name: 'SIGINT while servers start', signal: 'SIGINT', after: 'run-started' },
  { name: 'SIGINT during cells', signal: 'SIGINT', after: 'server' },
  { name: 'SIGTERM during cells', signal: 'SIGTERM', after: 'server' },
] as const

for (const { name, signal, after } of moments) {
  t.test(name, async (t) => {
    const cwd = t.testdir({})
    const running = begin(cwd)
    await reached(cwd, running, after)
    running.process.kill(signal)
    const { exitCode, stdout, stderr } = await running.finished
    t.equal(exitCode, 130, stderr)
    t.match(stdout, /^Bail out! interrupted after \d+ of \d+ cells$/m)
    const lines = readFileSync(join(cwd, 'out', 'run.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
    t.match(JSON.parse(lines.at(-1) ?? ''), { type: 'run-finished', interrupted: true })
    t.strictSame(leftBehind(cwd), [], 'no directory, no process, no baseline')

    const replayed = await start(['report', 'out', '--reporter', 'tap'], { cwd }).finished
    t.equal(replayed.exitCode, 130)
    t.equal(replayed.stdout, stdout)
  })
}

t.test('a second signal ends it at once', async (t) => {
  const cwd = t.testdir({})
  const running = begin(cwd)
  await reached(cwd, running, 'server')
  running.process.kill('SIGINT')
  // Two signals that are pending at the same time are one.
  await new Promise((resolve) => running.process.stderr.once('data', resolve))
  running.process.kill('SIGINT')
  const { exitCode, stderr } = await running.finished
  t.equal(exitCode, 130, stderr)
  t.notMatch(stderr, /^\s+at /m)
  t.strictSame(leftBehind(cwd), [])
})

t.test('SIGINT before anything was started', async (t) => {
  const cwd = t.testdir({})
  const running = begin(cwd)
  await sleep(150)
  running.process.kill('SIGINT')
  const { exitCode, stderr } = await running.finished
  // null: Node itself was still loading, and the signal ended it.
  t.ok(exitCode === 130 || exitCode === null, `exit code ${exitCode}: ${stderr}`)
  t.strictSame(leftBehind(cwd), [])
})
