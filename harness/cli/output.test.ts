/** What goes to stdout, and what happens when its reader goes away: `list`, `issue`, `--version`, broken pipes. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../process/package-root.ts'
import { countersign, start } from './testdata/command.ts'

const cwd = t.testdir({})

for (const what of ['servers', 'clients', 'identities', 'scenarios', 'cells', 'reporters']) {
  t.test(`list ${what}, as text and as JSON`, async (t) => {
    const { exitCode, stdout } = await countersign(['list', what, '--json'], { cwd })
    t.equal(exitCode, 0)
    const rows = JSON.parse(stdout) as { name: string; title: string }[]
    t.ok(rows.length > 0)
    t.ok(rows.every(({ name, title }) => name !== '' && title !== ''))
    t.equal(new Set(rows.map(({ name }) => name)).size, rows.length, 'each name once')
    const { stdout: text } = await countersign(['list', what], { cwd })
    t.strictSame(
      text
        .trimEnd()
        .split('\n')
        .map((line) => line.split('  ')[0]),
      rows.map(({ name }) => name),
    )
  })
}

t.test('issue writes what was asked for, private keys for their owner alone', async (t) => {
  const cwd = t.testdir({})
  const { exitCode, stdout } = await countersign(['issue', 'correct', 'expired', '--out', 'pki'], { cwd })
  t.equal(exitCode, 0)
  const files = readdirSync(join(cwd, 'pki'))
  for (const file of ['ca.pem', 'untrusted-ca.pem', 'server.pem', 'server.key', 'crl.pem'])
    t.ok(files.includes(file), file)
  for (const name of ['correct', 'expired'])
    for (const ending of ['pem', 'key', 'pfx', 'b64']) t.ok(files.includes(`${name}.${ending}`))
  t.notOk(files.includes('untrusted.pem'))
  for (const file of files.filter((name) => /\.(key|pfx)$/.test(name)))
    t.equal(statSync(join(cwd, 'pki', file)).mode & 0o777, 0o600, file)
  t.match(stdout, /correct\.pem\n/)
})

t.test('--version and --help', async (t) => {
  const manifest = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string
  }
  t.strictSame(await countersign(['--version'], { cwd }), {
    exitCode: 0,
    stdout: `${manifest.version}\n`,
    stderr: '',
  })
  const { exitCode, stdout } = await countersign(['run', '--help'], { cwd })
  t.equal(exitCode, 0)
  for (const option of ['--server', '--shard', '--baseline', '--update-baseline', '--require'])
    t.match(stdout, option)
})

for (const args of [['list', 'cells'], ['run', '--server', 'node-https', '--reporter', 'json'], ['--help']]) {
  t.test(`countersign ${args.join(' ')} | true`, async (t) => {
    const running = start(args, { cwd })
    running.process.stdout.destroy()
    const { exitCode, stderr } = await running.finished
    t.equal(exitCode, 0)
    t.notMatch(stderr, /EPIPE|^\s+at /m)
  })
}
