/** The last lines: the sums, what the expectations rest on, and what the exit code means. */
import type { Outcome } from '../../harness/model/outcome.ts'
import type { Paint, Style } from '../ansi.ts'
import { verdictOf, type Verdict } from '../exit-code.ts'
import { groundSums } from '../ground.ts'
import { looks } from '../marks.ts'
import type { Run } from '../run.ts'
import { safeText } from '../safe-text.ts'
import { wrap } from '../width.ts'
import { packNotes, type Note } from './pack.ts'

/** Worst after best, then what gave no verdict by rights. */
const order = [
  'pass',
  'fail',
  'error',
  'deviation',
  'unsupported',
  'unavailable',
] as const satisfies readonly Outcome[]

const verdictStyles = { 0: 'green', 1: 'red', 3: 'red', 130: 'yellow' } as const satisfies Record<
  Verdict['exitCode'],
  Style
>

export function totalsLines(run: Run, columns: number, paint: Paint): readonly string[] {
  const sums: readonly Note[] = order
    .filter((outcome) => outcome === 'pass' || run.totals[outcome] > 0)
    .map((outcome) => ({
      text: `${looks[outcome].mark} ${run.totals[outcome]} ${outcome}`.trim(),
      styles: ['bold', ...looks[outcome].styles],
    }))
  const { exitCode, meaning } = verdictOf(run)
  return [
    ...packNotes(sums, columns, paint),
    ...groundLines(run, columns),
    ...wrap(`Exit code ${exitCode}: ${safeText(meaning)}.`, columns).map((line, at) =>
      at === 0
        ? line.replace(`Exit code ${exitCode}`, (text) => paint(text, 'bold', verdictStyles[exitCode]))
        : line,
    ),
  ]
}

function groundLines({ cells }: Run, columns: number): readonly string[] {
  const sums = groundSums(cells)
  return sums === '' ? [] : wrap(`The expectations are ${sums}.`, columns)
}
