/** A reader can find the source of any line: every key that a comment or the README cites has its address there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageRoot } from '../../harness/process/package-root.ts'

const folder = join(packageRoot(), 'servers', 'iis-model')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .filter((file) => !file.includes('testdata'))

/** `[itq]`: behind a space, a bracket or a parenthesis; code in a comment has other neighbours. */
const KEY = /(?<=^|[\s([])\[([a-z0-9]+(?:-[a-z0-9]+)*)\](?=[\s,.;:)\]]|$)/gm
/** Bracketed words of comments that are no keys: DER tags. */
const isTag = (word: string) => /^\d$/.test(word)

const keysIn = (text: string) =>
  [...text.matchAll(KEY)].map(([, key = '']) => key).filter((key) => !isTag(key))

const commentsOf = (code: string) => (code.match(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm) ?? []).join('\n')
const sourcesIn = (code: string) =>
  [...code.matchAll(/source: '([^']*)'/g)].map(([, text = '']) => text).join('\n')

const readme = readFileSync(join(folder, 'README.md'), 'utf8')
const start = readme.indexOf('## Sources')
const listed = new Set([...readme.slice(start).matchAll(/^\| ([\w-]+) +\|/gm)].map(([, key = '']) => key))
listed.delete('key')

t.test('every key in a comment has its address', async (t) => {
  const cited = files.flatMap((file) => {
    const code = readFileSync(join(folder, file), 'utf8')
    return keysIn(`${commentsOf(code)}\n${sourcesIn(code)}`).map((key) => ({ file, key }))
  })
  t.ok(cited.length > 100, `${cited.length} citations`)
  for (const { file, key } of cited) t.ok(listed.has(key), `${file}: [${key}]`)
})

t.test('every key in the README has its address', async (t) => {
  const prose = readme.slice(0, start).replace(/^```[\s\S]*?^```/gm, '')
  for (const key of keysIn(prose)) t.ok(listed.has(key), `[${key}]`)
})
