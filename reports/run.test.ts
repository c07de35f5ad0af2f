import t from 'tap'
import type { RunEvent, RunStarted, ServerStatus } from '../harness/model/event.ts'
import { foldRun } from './run.ts'
import { runOf, sampleCell, sampleRun, shuffled } from './testdata/sample.ts'

const started = sampleRun()[0] as RunStarted
const ended = (durationMs: number, interrupted = false): RunEvent => ({
  type: 'run-finished',
  durationMs,
  interrupted,
})
const server = (changes: Partial<ServerStatus>): ServerStatus => ({
  type: 'server',
  name: 'nginx',
  version: '1.22.1',
  tlsLibrary: 'OpenSSL 3.0.19',
  backend: 'native',
  status: 'ran',
  reason: null,
  ...changes,
})

t.test('the order of events does not show', async (t) => {
  const run = foldRun(sampleRun())
  for (const seed of [1, 2, 3, 4, 5]) t.strictSame(foldRun(shuffled(sampleRun(), seed)), run)
})

t.test('cells are sorted by index, then id', async (t) => {
  const cells = [
    sampleCell({ index: 2, id: 'a' }),
    sampleCell({ index: 1, id: 'c' }),
    sampleCell({ index: 1, id: 'b' }),
  ]
  t.strictSame(
    foldRun(runOf(cells)).cells.map(({ id }) => id),
    ['b', 'c', 'a'],
  )
})

t.test('a cell that was reported twice counts once, with its worst outcome', async (t) => {
  const twice = [sampleCell({ outcome: 'fail' }), sampleCell({ outcome: 'pass' })]
  for (const cells of [twice, twice.toReversed()]) {
    const { totals } = foldRun([{ ...started, plannedCells: 1 }, ...cells, ended(1)])
    t.match(totals, { fail: 1, pass: 0 })
  }
})

t.test('shards merge into one run', async (t) => {
  const later: RunStarted = {
    ...started,
    id: 'later',
    startedAt: '2026-03-02T10:15:09.000Z',
    plannedCells: 1,
  }
  const first: RunStarted = { ...started, plannedCells: 1 }
  const run = foldRun([
    later,
    server({}),
    sampleCell({ index: 1, id: 'b' }),
    ended(900),
    first,
    server({}),
    sampleCell({ index: 0, id: 'a' }),
    ended(300),
  ])
  t.equal(run.started?.id, started.id, 'the earliest start names the run')
  t.equal(run.started?.plannedCells, 2, 'plans add up')
  t.equal(run.finished?.durationMs, 900, 'shards run side by side: the longest counts')
  t.equal(run.servers.length, 1)
  t.equal(run.incomplete, null)
})

t.test('a server that broke in one shard is not hidden by another', async (t) => {
  const events = [server({}), server({ status: 'error', reason: 'ended with exit code 1' })]
  for (const order of [events, events.toReversed()])
    t.match(foldRun([started, ...order, ended(1)]).servers, [{ status: 'error' }])
  t.equal(foldRun([server({}), server({ version: '1.27.0' })]).servers.length, 2, 'versions stay apart')
})

t.test('servers stand in the order of their cells', async (t) => {
  const events = [
    server({ name: 'zeta' }),
    server({ name: 'alpha' }),
    server({ name: 'beta' }),
    sampleCell({ index: 1, server: 'zeta', id: 'z' }),
    sampleCell({ index: 2, server: 'beta', id: 'b' }),
  ]
  t.strictSame(
    foldRun(events).servers.map(({ name }) => name),
    ['zeta', 'beta', 'alpha'],
  )
})

t.test('knows a run that did not come to its end', async (t) => {
  const cell = sampleCell()
  const planned = { ...started, plannedCells: 3 }
  const cases: readonly (readonly [events: readonly RunEvent[], incomplete: object | null])[] = [
    [[], { kind: 'stopped', reason: 'the log has no beginning' }],
    [[cell, ended(1)], { kind: 'stopped', reason: 'the log has no beginning' }],
    [[planned, cell, ended(1, true)], { kind: 'stopped', reason: 'interrupted after 1 of 3 cells' }],
    [[planned, cell], { kind: 'stopped', reason: 'the log ends after 1 of 3 cells, before the run did' }],
    [[planned, cell, ended(1)], { kind: 'lost', reason: 'only 1 of 3 cells are in the log' }],
    [[{ ...planned, plannedCells: 1 }, cell, ended(1)], null],
    [[{ ...planned, plannedCells: 0 }, ended(1)], null],
  ]
  for (const [events, incomplete] of cases) t.strictSame(foldRun(events).incomplete, incomplete)
})

t.test('the same log given twice is one run', async (t) => {
  t.strictSame(foldRun([...sampleRun(), ...sampleRun()]), foldRun(sampleRun()))
})
