/** Servers that did not run, then cells of the others that did not, each with the reason. */
import type { CellFinished, ServerStatus } from '../../harness/model/event.ts'
import type { Outcome } from '../../harness/model/outcome.ts'
import type { Paint } from '../ansi.ts'
import { count } from '../count.ts'
import { groupBy } from '../group-by.ts'
import { looks } from '../marks.ts'
import type { Run } from '../run.ts'
import { safeText } from '../safe-text.ts'
import { fill, visibleWidth, wrap } from '../width.ts'

interface Item {
  readonly outcome: Outcome
  readonly server: string
  readonly text: string
}

export function notRun({ servers, cells }: Run, columns: number, paint: Paint): readonly string[] {
  const down = servers.filter((server) => server.status !== 'ran')
  const names = new Set(down.map((server) => server.name))
  const skipped = cells.filter(
    ({ outcome, server }) => (outcome === 'unsupported' || outcome === 'unavailable') && !names.has(server),
  )
  const alike = groupBy(skipped, (cell) => JSON.stringify([cell.server, cell.outcome, cell.reason]))
  const items = [...down.map((server) => serverItem(server, cells)), ...[...alike.values()].map(cellsItem)]
  if (items.length === 0) return []
  const serverWidth = Math.max(0, ...items.map((item) => visibleWidth(item.server)))
  return [paint('Not run', 'bold'), ...items.flatMap((item) => itemLines(item, serverWidth, columns, paint))]
}

function serverItem({ name, status, reason }: ServerStatus, cells: readonly CellFinished[]): Item {
  const lost = cells.filter((cell) => cell.server === name && cell.observed === null).length
  const suffix = lost === 0 ? '' : ` (${count(lost, 'cell')})`
  return {
    outcome: status === 'ran' ? 'pass' : status,
    server: safeText(name),
    text: `${status}: ${safeText(reason ?? 'no reason was given')}${suffix}`,
  }
}

function cellsItem(cells: readonly [CellFinished, ...CellFinished[]]): Item {
  const [{ outcome, server, reason }] = cells
  return {
    outcome,
    server: safeText(server),
    text: `${count(cells.length, 'cell')} ${outcome}: ${safeText(reason ?? 'no reason was given')}`,
  }
}

function itemLines(
  { outcome, server, text }: Item,
  serverWidth: number,
  columns: number,
  paint: Paint,
): readonly string[] {
  const { mark, styles } = looks[outcome]
  const lead = `  ${paint(mark, ...styles)} ${fill(server, serverWidth)}  `
  const leadWidth = serverWidth + 6
  return wrap(text, columns - leadWidth).map((line, at) => (at === 0 ? lead : ' '.repeat(leadWidth)) + line)
}
