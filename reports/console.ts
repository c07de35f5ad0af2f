/**
 * The report for a person at a terminal: the matrix of answers, then everything that needs attention, and the verdict
 * last, where the eye is when the run ends. Written for someone who has never seen the tool.
 */
import type { ReporterOutput } from '../harness/model/reporter.ts'
import { painter } from './ansi.ts'
import { viewsByClient } from './console/clients.ts'
import { deviationLines } from './console/deviations.ts'
import { heading } from './console/heading.ts'
import { legend } from './console/legend.ts'
import { panelsOf, rowsOf } from './console/matrix.ts'
import { notRun } from './console/not-run.ts'
import { problemBlocks } from './console/problems.ts'
import { productLines } from './console/products.ts'
import { layOutTables } from './console/table.ts'
import { totalsLines } from './console/totals.ts'
import { groupBy } from './group-by.ts'
import { reporterOnClose } from './on-close.ts'
import type { Run } from './run.ts'
import { safeText } from './safe-text.ts'
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
  const rows = rowsOf(run.cells)
  const down = new Set(run.servers.filter((server) => server.status !== 'ran').map((server) => server.name))
  // A server that never answered has nothing for a table; it stands under "Not run".
  const tabled = run.cells.filter((cell) => cell.observed !== null || !down.has(cell.server))
  const { shown, others } = viewsByClient(tabled)
  const tables = layOutTables(rows, panelsOf(shown), columns, paint)
  const differing = groupBy(
    others.flatMap((other) => other.different),
    (cell) => cell.client,
  )
  const sections = [
    [...heading(run, columns, paint), ...(tables.length === 0 ? [] : wrap(INTRODUCTION, columns))],
    ...tables.map(({ servers, lines }) => {
      const products = productLines(servers, run, others, columns, paint)
      return products.length === 0 ? lines : [...lines, '', ...products]
    }),
    ...[...differing].flatMap(([client, cells]) =>
      layOutTables(rows, panelsOf(cells), columns, paint).map(({ lines }) => [
        paint(`Where ${safeText(client)} was answered differently:`, 'bold'),
        ...lines,
      ]),
    ),
    legend(tabled, columns, paint),
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
