import t from 'tap'
import { Parser, type Result } from 'tap-parser'
import type { CellFinished, RunEvent } from '../harness/model/event.ts'
import { tap } from './tap.ts'
import { golden, render, runOf, sampleCell, sampleRun } from './testdata/sample.ts'

interface Parsed {
  readonly points: readonly Result[]
  readonly complete: {
    readonly ok: boolean
    readonly fail: number
    readonly todo: number
    readonly skip: number
  }
  readonly extra: readonly string[]
}

function parse(text: string): Parsed {
  const points: Result[] = []
  const extra: string[] = []
  let complete: Parsed['complete'] | undefined
  const parser = new Parser({ strict: true }, (results) => (complete = results))
  parser.on('assert', (point: Result) => points.push(point))
  parser.on('extra', (line: string) => extra.push(line))
  parser.end(text)
  if (!complete) throw new Error('the parser did not finish')
  return { points, complete, extra }
}

const cellsOf = (events: readonly RunEvent[]) =>
  events.filter((event): event is CellFinished => event.type === 'cell')

t.test('the sample is the golden one', async (t) => {
  const text = render(tap, sampleRun())
  t.equal(text, golden('run.tap', text))
})

t.test('a real parser reads every cell back', async (t) => {
  const { points, complete, extra } = parse(render(tap, sampleRun()))
  const cells = cellsOf(sampleRun())
  t.strictSame(extra, [], 'no line is left over')
  t.strictSame(
    points.map(({ name }) => name),
    cells.map(({ id }) => id),
  )
  t.match(complete, { ok: false, todo: 2, skip: 10 })
  for (const [at, { outcome, reason }] of cells.entries()) {
    const point = points[at]!
    const { ok, skip, todo } = point
    t.equal(ok, !['fail', 'error', 'deviation'].includes(outcome))
    t.equal(skip, outcome === 'unsupported' || outcome === 'unavailable' ? reason : false)
    t.equal(todo, outcome === 'deviation' ? reason : false)
    t.equal(Boolean(point.diag), !ok)
  }
})

t.test('diagnostics carry both sides and the ladder', async (t) => {
  const failed = parse(render(tap, sampleRun())).points.find(({ ok }) => !ok)
  t.match(failed?.diag, {
    severity: 'fail',
    expected: { verdict: 'refused, wrong-key-usage', HTTP: '403.16' },
    observed: { verdict: 'accepted', HTTP: '200' },
    ladder: [/^client ──► server {2}ClientHello/],
    again: /^countersign run --grep '/,
  })
})

const hostile = [
  { name: 'a directive', text: 'x # SKIP not really', read: 'x # SKIP not really' },
  { name: 'a directive behind a backslash', text: 'x \\# TODO', read: 'x \\# TODO' },
  { name: 'backslashes at the end', text: 'x \\\\', read: 'x \\\\' },
  { name: 'a new test point', text: 'x\nok 2 - injected', read: 'x\\u{a}ok 2 - injected' },
  { name: 'a bail out', text: 'x\r\nBail out!', read: 'x\\u{d}\\u{a}Bail out!' },
  { name: 'an escape sequence', text: '\u001b[2J', read: '\\u{1b}[2J' },
  { name: 'the end of a YAML block', text: 'x\n  ...\nnot ok', read: 'x\\u{a}  ...\\u{a}not ok' },
] as const

for (const { name, text, read } of hostile) {
  t.test(`${name} in an id or a reason stays text`, async (t) => {
    const cells = [
      sampleCell({ id: text, outcome: 'unsupported', reason: text }),
      sampleCell({ index: 1, id: `2 ${text}`, outcome: 'fail', reason: text, title: text }),
      sampleCell({ index: 2, id: `3 ${text}`, outcome: 'deviation', reason: text }),
    ]
    const { points, extra } = parse(render(tap, runOf(cells)))
    t.strictSame(extra, [])
    t.match(points, [{ ok: true, skip: read }, { ok: false, diag: { message: read } }, { todo: read }])
    t.equal(points[0]?.name, read)
    t.equal(points.length, 3)
  })
}

t.test('a run that did not come to its end is never a success', async (t) => {
  const whole = runOf([sampleCell()])
  t.equal(parse(render(tap, whole)).complete.ok, true, 'the whole run is one')
  const cases = {
    'no end': whole.filter(({ type }) => type !== 'run-finished'),
    interrupted: whole.map((event) =>
      event.type === 'run-finished' ? { ...event, interrupted: true } : event,
    ),
    'a lost cell': whole.map((event) =>
      event.type === 'run-started' ? { ...event, plannedCells: 2 } : event,
    ),
    'no cell yet': whole.filter(({ type }) => type === 'run-started'),
    'an empty log': [],
  }
  for (const [name, events] of Object.entries(cases)) {
    const text = render(tap, events)
    t.equal(parse(text).complete.ok, false, name)
    t.match(text, /^Bail out! /m)
    const planned = Number(/^1\.\.(\d+)/m.exec(text)?.[1])
    t.ok(planned > cellsOf(events).length, `${name}: without the bail out the plan alone fails`)
  }
})

t.test('a whole run without cells is a skip', async (t) => {
  t.equal(render(tap, runOf([])), 'TAP version 14\n1..0 # no cells were run\n')
})
