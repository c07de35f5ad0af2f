/** `countersign run` and `report` from outside: the JSON contract, the same reports again, shards, and `--pki`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { reporters } from '../../reports/index.ts'
import { countersign } from './testdata/command.ts'

/** Neutral policies, and situations of one product. */
const embedded = ['run', '--server', 'node-https,iis-10', '--grep', '*/{require,late-require}/**']
const names = reporters.map(({ name }) => name)

type Json = Readonly<Record<string, unknown>>
interface Report extends Json {
  readonly run: Json
  readonly servers: readonly Json[]
  readonly totals: Json
  readonly cells: readonly (Json & { readonly observed: Json | null })[]
}

function readReport(path: string): Report {
  return JSON.parse(readFileSync(path, 'utf8')) as Report
}

/** Section 4 of the design: each of these stands in every document, null where it does not apply. */
const contract = {
  document: ['schemaVersion', 'run', 'servers', 'totals', 'cells'],
  run: ['id', 'startedAt', 'durationMs', 'command', 'node', 'openssl', 'platform'],
  server: ['name', 'version', 'tlsLibrary', 'backend', 'status', 'reason'],
  totals: ['pass', 'fail', 'deviation', 'unsupported', 'unavailable', 'error'],
  cell: [
    ...['id', 'server', 'policy', 'tls', 'client', 'selection', 'scenario', 'identity', 'outcome', 'reason'],
    ...['confidence', 'durationMs', 'expected', 'observed', 'evidence'],
  ],
  observed: [
    ...['accepted', 'refusal', 'handshake', 'certificateRequest', 'clientCertificate', 'http', 'serverLog'],
  ],
  handshake: ['clientFinished', 'version', 'cipherSuite', 'alert', 'closedBy'],
  alert: ['from', 'description', 'code', 'when', 'received'],
  certificateRequest: ['when', 'certificateAuthorities', 'signatureSchemes', 'certificateTypes'],
  clientCertificate: ['presented', 'chainLength', 'withheldBecause'],
  http: ['status', 'substatus', 'substatusFrom', 'reason'],
  serverLog: ['win32', 'user', 'verify', 'line'],
  evidence: ['transcript', 'pcapng'],
} as const

function missing(value: unknown, part: keyof typeof contract): readonly string[] {
  if (value === null) return []
  return contract[part]
    .filter((field) => (value as Json)[field] === undefined)
    .map((field) => `${part}.${field}`)
}

t.test('every cell of the JSON report has every field of the contract', async (t) => {
  const cwd = t.testdir({})
  const { exitCode, stdout, stderr } = await countersign([...embedded, '--reporter', 'json=out/r.json'], {
    cwd,
  })
  t.equal(exitCode, 0, stderr)
  t.equal(stdout, '', 'stdout is the place of a reporter without a file')
  const report = readReport(join(cwd, 'out', 'r.json'))
  t.equal(report['schemaVersion'], 1)
  t.ok(report.cells.length > 50)
  t.strictSame(missing(report, 'document'), [])
  t.strictSame(missing(report.run, 'run'), [])
  t.strictSame(missing(report.totals, 'totals'), [])
  for (const server of report.servers) t.strictSame(missing(server, 'server'), [])
  const absent = report.cells.flatMap(({ observed, ...cell }) => [
    ...missing({ observed, ...cell }, 'cell'),
    ...missing(cell['evidence'], 'evidence'),
    ...missing(observed, 'observed'),
    ...(observed === null
      ? []
      : [
          ...missing(observed['handshake'], 'handshake'),
          ...missing((observed['handshake'] as Json)['alert'], 'alert'),
          ...missing(observed['certificateRequest'], 'certificateRequest'),
          ...missing(observed['clientCertificate'], 'clientCertificate'),
          ...missing(observed['http'], 'http'),
          ...missing(observed['serverLog'], 'serverLog'),
        ]),
  ])
  t.strictSame([...new Set(absent)], [])
})

t.test('a report of the log has the bytes of the live one', async (t) => {
  const cwd = t.testdir({})
  const toFiles = (folder: string) => names.flatMap((name) => ['--reporter', `${name}=${folder}/${name}`])
  t.equal((await countersign([...embedded, '--output', 'out', ...toFiles('live')], { cwd })).exitCode, 0)
  t.equal((await countersign(['report', 'out', ...toFiles('again')], { cwd })).exitCode, 0)
  for (const name of names) {
    const live = readFileSync(join(cwd, 'live', name), 'utf8')
    t.ok(live.length > 100, `${name} wrote something`)
    t.equal(readFileSync(join(cwd, 'again', name), 'utf8'), live, name)
  }
})

t.test('two shards, merged, are one run', async (t) => {
  const cwd = t.testdir({})
  const runs = ['whole', '1/2', '2/2'].map((part) => [
    ...(part === 'whole' ? [] : ['--shard', part]),
    ...['--output', part.replace('/', '-'), '--reporter', `json=${part.replace('/', '-')}.json`],
  ])
  for (const flags of runs) t.equal((await countersign([...embedded, ...flags], { cwd })).exitCode, 0)
  const merge = ['report', '1-2', '2-2/run.ndjson', '--reporter', 'json=merged.json']
  t.equal((await countersign(merge, { cwd })).exitCode, 0)
  const lasting = (file: string) =>
    readReport(join(cwd, file)).cells.map(({ id, outcome, expected, rfc, evidence }) => ({
      ...{ id, outcome, expected, rfc, evidence },
    }))
  t.strictSame(lasting('merged.json'), lasting('whole.json'))
  for (const part of ['1-2.json', '2-2.json']) t.ok(lasting(part).length > 0, `${part} has cells`)
  t.equal(lasting('1-2.json').length + lasting('2-2.json').length, lasting('whole.json').length)
})

t.test('a log that just stops is an interrupted run', async (t) => {
  const cwd = t.testdir({
    'run.ndjson': `${JSON.stringify({ type: 'run-started', schemaVersion: 1, plannedCells: 2 })}\n{"type":"ce`,
  })
  const { exitCode, stdout } = await countersign(['report', '.', '--reporter', 'tap'], { cwd })
  t.equal(exitCode, 130)
  t.match(stdout, /^Bail out! the log ends after 0 of 2 cells/m)
})

t.test('--pki takes what issue wrote', async (t) => {
  const cwd = t.testdir({})
  t.equal((await countersign(['issue', '--out', 'pki'], { cwd })).exitCode, 0)
  const { exitCode, stdout } = await countersign([...embedded, '--pki', 'pki'], { cwd })
  t.equal(exitCode, 0, stdout)
})

t.test('more concurrency than there are cells', async (t) => {
  const args = [...embedded, '--concurrency', '2147483647', '--timeout', '60000']
  const { exitCode, stderr } = await countersign(args, { cwd: t.testdir({}) })
  t.equal(exitCode, 0)
  t.notMatch(stderr, /Warning/)
})
