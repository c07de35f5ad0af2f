import t from 'tap'
import type { CellFinished } from '../harness/model/event.ts'
import { foldRun } from './run.ts'
import { reporters } from './index.ts'
import { render, runOf, sampleRun } from './testdata/sample.ts'

const later = new Set(['asked', 'closedBy of expected', 'http2Reset', 'win32Confidence', 'note'])

/** As a log of before: without the fields that were added. */
function earlier(cell: CellFinished): CellFinished {
  const without = (value: object | null, of: string) =>
    value &&
    Object.fromEntries(
      Object.entries(value).filter(([name]) => !later.has(name) && !later.has(`${name} of ${of}`)),
    )
  return {
    ...cell,
    expected: without(cell.expected, 'expected') as CellFinished['expected'],
    observed: without(cell.observed, 'observed') as CellFinished['observed'],
  }
}

const cells = sampleRun().filter((event): event is CellFinished => event.type === 'cell')

t.test('a log without the later fields gets null for them', async (t) => {
  for (const cell of foldRun(runOf(cells.map(earlier))).cells) {
    if (cell.observed) t.equal(cell.observed.http2Reset, null)
    if (!cell.expected) continue
    const { closedBy, http2Reset, win32Confidence, note, asked, certificateAuthorities } = cell.expected
    t.strictSame([closedBy, http2Reset, win32Confidence, note], [null, null, null, null])
    t.equal(asked, certificateAuthorities === null ? null : 'handshake')
  }
})

t.test('a log with them keeps them', async (t) => {
  t.strictSame(foldRun(runOf(cells)).cells, cells)
})

for (const reporter of reporters) {
  t.test(`${reporter.name} takes such a log`, async (t) => {
    t.notMatch(render(reporter, runOf(cells.map(earlier))), /undefined/)
  })
}
