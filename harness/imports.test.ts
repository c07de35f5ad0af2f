/** Imports run one way: reads every import in the project and checks it against the arrows of the design. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** A room, and the rooms that it may import besides itself. `servers/*` is each server's own folder. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'harness/model': [],
  'harness/wire': ['harness/model'],
  'harness/pki': ['harness/model'],
  'harness/capture': ['harness/model'],
  'harness/process': ['harness/model'],
  'harness/clients': ['harness/model', 'harness/process', 'harness/capture'],
  'harness/runner': ['harness/model', 'harness/wire', 'harness/pki', 'harness/capture'],
  'harness/diagnose': ['harness/model', 'harness/runner'],
  'harness/cli': ['*'],
  scenarios: ['harness/model'],
  reports: ['harness/model'],
  'servers/*': ['harness/model', 'harness/process'],
  'servers/index.ts': ['harness/model', 'servers/*'],
  bench: ['*'],
}

/** Only these files may import these packages. */
const packageOwners: Readonly<Record<string, RegExp>> = {
  testcontainers: /^harness\/process\/container/,
  undici: /^(harness\/clients|bench)\//,
  commander: /^harness\/cli\//,
  'pino-pretty': /^harness\/cli\//,
}

const folders = ['harness', 'scenarios', 'servers', 'reports', 'bench']
const files = folders
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('/testdata/'))

/** The room that a file stands in, and for a server the folder that is its own. */
function roomOf(file: string): { readonly room: string; readonly folder: string } {
  const [top = '', second = ''] = file.split('/')
  const folder = `${top}/${second}`
  if (top === 'harness') return { room: folder, folder }
  if (top !== 'servers') return { room: top, folder: top }
  return second.endsWith('.ts') ? { room: folder, folder } : { room: 'servers/*', folder }
}

function specifiersOf(text: string): readonly string[] {
  return [...text.matchAll(/\bfrom\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|^\s*import\s+'([^']+)'/gm)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  )
}

function isAllowed(from: string, to: string): boolean {
  const source = roomOf(from)
  const target = roomOf(to)
  if (source.folder === target.folder) return true
  const may = arrows[source.room] ?? []
  return may.includes('*') || may.includes(target.room)
}

t.test('every room is in the table', async (t) => {
  const rooms = new Set(files.map((file) => roomOf(file).room))
  t.strictSame(
    [...rooms].filter((room) => !(room in arrows)),
    [],
  )
  t.ok(files.length > 50, `reads the real tree (${files.length} files)`)
})

t.test('relative imports follow the arrows and name their file with its extension', async (t) => {
  const wrong: string[] = []
  for (const file of files) {
    for (const specifier of specifiersOf(readFileSync(join(root, file), 'utf8'))) {
      if (!specifier.startsWith('.')) continue
      const target = relative(root, join(root, dirname(file), specifier))
        .split(sep)
        .join('/')
      if (!files.includes(target)) wrong.push(`${file} -> ${specifier}: no such file`)
      else if (!isAllowed(file, target)) wrong.push(`${file} -> ${target}`)
    }
  }
  t.strictSame(wrong, [])
})

t.test('a package with one owner is imported by nobody else', async (t) => {
  const wrong: string[] = []
  for (const file of files) {
    for (const specifier of specifiersOf(readFileSync(join(root, file), 'utf8'))) {
      const owner = packageOwners[specifier]
      if (owner !== undefined && !owner.test(file)) wrong.push(`${file} -> ${specifier}`)
    }
  }
  t.strictSame(wrong, [])
})

t.test('a forbidden import is recognised as one', async (t) => {
  t.notOk(isAllowed('harness/wire/dissect.ts', 'harness/runner/run.ts'))
  t.notOk(isAllowed('servers/nginx/index.ts', 'servers/iis-model/index.ts'))
  t.notOk(isAllowed('reports/tap.ts', 'harness/cli/main.ts'))
  t.notOk(isAllowed('harness/model/tls.ts', 'harness/wire/alert.ts'))
  t.ok(isAllowed('servers/nginx/index.ts', 'servers/nginx/log.ts'))
})
