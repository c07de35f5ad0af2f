/** The exit codes of `countersign run`, which scripts depend on. 2 is bad-input.test.ts, 130 is interrupt.test.ts. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { countersign } from './testdata/command.ts'

const cwd = t.testdir({})
const few = ['run', '--server', 'node-https', '--grep', '**/tls1.3/**']
/** Without PATH there is no openssl to be found. */
const nowhere = { PATH: '/nonexistent' }

t.test('0: nothing failed', async (t) => {
  const { exitCode, stdout, stderr } = await countersign(few, { cwd })
  t.equal(exitCode, 0, stderr)
  t.match(stdout, /Exit code 0/)
  t.notMatch(stdout, '\u001b', 'no colours without a terminal')
})

t.test('0: the peer cannot, or this machine lacks it', async (t) => {
  const wrongBackend = await countersign([...few, '--backend', 'native'], { cwd })
  t.equal(wrongBackend.exitCode, 0)
  t.match(wrongBackend.stdout, /unsupported/)
  const missing = await countersign([...few, '--client', 'openssl'], { cwd, env: nowhere })
  t.equal(missing.exitCode, 0)
  t.match(missing.stdout, /openssl was not found/)
})

t.test('1: what was required is missing', async (t) => {
  const args = [...few, '--client', 'openssl']
  const byOption = await countersign([...args, '--require', 'openssl'], { cwd, env: nowhere })
  t.equal(byOption.exitCode, 1)
  t.match(byOption.stdout, /required but unavailable: openssl was not found/)
  const byVariable = await countersign(args, { cwd, env: { ...nowhere, COUNTERSIGN_REQUIRE: 'openssl' } })
  t.equal(byVariable.exitCode, 1)
})

t.test('3: no verdict within the time', async (t) => {
  const { exitCode, stdout } = await countersign([...few, '--timeout', '1', '--concurrency', '64'], { cwd })
  t.equal(exitCode, 3)
  t.match(stdout, /Exit code 3/)
})

t.test('3: the evidence cannot be written', async (t) => {
  writeFileSync(join(t.testdir({ results: {} }), 'results', 'transcripts'), 'a file in the way')
  const { exitCode, stdout } = await countersign([...few, '--output', 'results'], { cwd: t.testdirName })
  t.equal(exitCode, 3)
  t.match(stdout, /ERR_OUTPUT/)
})

t.test('0 and 1: the baseline', async (t) => {
  const cwd = t.testdir({})
  const updated = await countersign([...few, '--update-baseline'], { cwd })
  t.equal(updated.exitCode, 0, updated.stderr)
  const file = join(cwd, 'countersign-baseline.json')
  const text = readFileSync(file, 'utf8')

  t.equal((await countersign([...few, '--baseline', file], { cwd })).exitCode, 0)
  const again = await countersign([...few, '--update-baseline'], { cwd })
  t.equal(again.exitCode, 0)
  t.equal(readFileSync(file, 'utf8'), text, 'two runs give the same file')

  const gone = 'node-https/require/tls1.3/node/client-certificate/gone'
  const expired = '"node-https/require/tls1.3/node/client-certificate/validity/expired": "'
  t.match(text, `${expired}refused (expired)`)
  writeFileSync(
    file,
    text
      .replace(`${expired}refused (expired)`, `${expired}refused (untrusted-issuer)`)
      .replace('"cells": {', `"cells": {\n    "${gone}": "accepted",`),
  )
  const { exitCode, stdout, stderr } = await countersign([...few, '--baseline', file, '--reporter', 'json'], {
    cwd,
  })
  t.equal(exitCode, 1)
  const { cells } = JSON.parse(stdout) as { cells: { id: string; outcome: string; reason: string }[] }
  const failed = cells.filter(({ outcome }) => outcome === 'fail')
  t.equal(failed.length, 2)
  t.equal(
    failed[0]?.reason,
    'changed since the baseline: was refused (untrusted-issuer), is refused (expired)',
  )
  t.equal(failed[1]?.id, gone)
  t.match(stderr, gone)

  t.equal((await countersign([...few, '--identity', 'correct', '--baseline', file], { cwd })).exitCode, 0)
  const selected = await countersign(
    ['run', '--server', 'node-https', '--tls', '1.3', '--identity', 'correct', '--update-baseline'],
    { cwd },
  )
  t.equal(selected.exitCode, 0)
  t.match(readFileSync(file, 'utf8'), gone, 'lines of cells that were not selected stay')
  t.equal((await countersign([...few, '--update-baseline'], { cwd })).exitCode, 0)
  t.equal(readFileSync(file, 'utf8'), text, 'a cell that no longer exists loses its line')

  const broken = await countersign([...few, '--update-baseline', '--timeout', '1'], { cwd })
  t.equal(broken.exitCode, 3)
  t.match(broken.stderr, /was not written/)
  t.equal(readFileSync(file, 'utf8'), text, 'a run with errors writes no baseline')
})
