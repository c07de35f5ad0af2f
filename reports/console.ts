/**
 * The report for a person at a terminal: the answers, then everything that needs attention, and the verdict
 * last, where the eye is when the run ends. Written for someone who has never seen the tool.
 */
import type { ReporterOutput } from '../harness/model/reporter.ts'
import { painter } from './ansi.ts'
import { answersOf } from './console/answers.ts'
import { deviationLines } from './console/deviations.ts'
import { heading } from './console/heading.ts'
import { legend } from './console/legend.ts'
import { notRun } from './console/not-run.ts'
import { problemBlocks } from './console/problems.ts'
import { totalsLines } from './console/totals.ts'
import { rowsOf } from './matrix.ts'
import { reporterOnClose } from './on-close.ts'
import type { Run } from './run.ts'
import { isSituation } from './situations.ts'
import { wrap } from './width.ts'

/** Below this a table is of no use; a narrower terminal wraps the lines itself. */
const LEAST_COLUMNS = 60

const INTRODUCTION = 'What each server, under each of its policies, answered to each client certificate:'

export const consoleReporter = reporterOnClose(
  'console',
  'the matrix of answers and every failure, for a terminal',
  renderConsole,
)

function renderConsole(run: Run, { colour, columns: given }: ReporterOutput): string {
  const columns = Math.max(LEAST_COLUMNS, given)
  const paint = painter(colour)
  const rows = rowsOf(run.cells.filter((cell) => !isSituation(cell)))
  const answers = answersOf(run, rows, columns, paint)
  const sections = [
    [...heading(run, columns, paint), ...(answers.tabled ? wrap(INTRODUCTION, columns) : [])],
    ...answers.sections,
    legend(answers.listed, answers.abbreviated, columns, paint),
    notRun(run, columns, paint),
    ...problemBlocks(run, columns, paint),
    deviationLines(run.cells, rows, columns, paint),
    totalsLines(run, columns, paint),
  ]
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n')
}
