/**
 * The table of IIS answers in the README is what the tool prints, today. `UPDATE_GOLDEN=1` writes it anew; the difference
 * is reviewed like code.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../process/package-root.ts'
import { countersign } from './testdata/command.ts'

const README = join(packageRoot(), 'README.md')
const COMMAND = ['run', '--server', 'iis-10', '--grep', '**/iis/articles/**', '--reporter', 'markdown']
const MARKED =
  /(<!-- iis answers: .* -->\n<!-- prettier-ignore -->\n)([\s\S]*?)(\n\n<!-- iis answers end -->)/

t.test('the table of IIS answers', async (t) => {
  const { exitCode, stdout, stderr } = await countersign(COMMAND, { cwd: t.testdir({}) })
  t.equal(exitCode, 0, stderr)
  const table = stdout
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .join('\n')
  const readme = readFileSync(README, 'utf8')
  const [, , written] = MARKED.exec(readme) ?? []
  if (process.env['UPDATE_GOLDEN']) {
    writeFileSync(
      README,
      readme.replace(MARKED, (_all, before, _table, after) => `${before}${table}${after}`),
    )
  } else {
    t.equal(written, table)
  }
  t.equal(table.split('\n').length, 2 + 15, 'a heading and a row for each answer')
})
