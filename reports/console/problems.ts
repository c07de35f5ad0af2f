/**
 * One block for each cell that needs a person: what was expected, what was seen, why, the handshake, and the
 * command that runs just this cell again. Ids, paths and the command are never broken, so that they can be copied.
 */
import type { CellFinished } from '../../harness/model/event.ts'
import type { Paint } from '../ansi.ts'
import { handshakeFacts, rfcDifference } from '../comparison.ts'
import { count } from '../count.ts'
import { groundOf, groundText } from '../ground.ts'
import { groupBy } from '../group-by.ts'
import { ladderLegend, ladderLines } from '../ladder.ts'
import { looks } from '../marks.ts'
import { rerunCommand } from '../rerun.ts'
import type { Run } from '../run.ts'
import { safeText } from '../safe-text.ts'
import { visibleWidth, wrap } from '../width.ts'
import { fieldLines, INDENT, labelled, LEAD_COLUMNS, sourceLines } from './fields.ts'
import { signLines } from './signs.ts'

/**
 * Blocks in cell order. Each answer that failed has its own; cells without a verdict that share their reason (a server
 * died, a control failed) share one, and those of a server that never ran stand with it under "Not run".
 */
export function problemBlocks(
  { cells, servers }: Run,
  columns: number,
  paint: Paint,
): readonly (readonly string[])[] {
  const down = new Set(servers.filter((server) => server.status === 'error').map((server) => server.name))
  const problems = cells.filter(
    ({ outcome, server, observed }) =>
      outcome === 'fail' || (outcome === 'error' && (observed !== null || !down.has(server))),
  )
  const blocks = groupBy(problems, ({ id, observed, outcome, server, reason }) =>
    JSON.stringify(outcome === 'fail' && observed ? [id] : [outcome, server, reason]),
  )
  return [...blocks.values()].map((alike) => problemBlock(alike[0], alike.length - 1, columns, paint))
}

function problemBlock(cell: CellFinished, more: number, columns: number, paint: Paint): readonly string[] {
  const { mark, styles } = looks[cell.outcome]
  const { observed, expected } = cell
  const field = (label: string, text: string | null) => fieldLines(label, text, columns, paint)
  return [
    `${paint(`${mark} ${cell.outcome}`, ...styles)}  ${paint(safeText(cell.id), 'bold')}`,
    ...wrap(safeText(cell.title), columns - INDENT.length).map((line) => INDENT + line),
    ...field('because', cell.reason ?? 'no reason was given'),
    ...field('and', more === 0 ? null : `${count(more, 'more cell')} of ${cell.server} for the same reason`),
    ...signLines(cell, columns, paint),
    ...sourceLines(expected && expected.source, columns, paint),
    ...field('basis', expected && groundText(groundOf(cell))),
    ...field('note', expected && expected.note),
    ...field(
      'selection',
      cell.selection === 'browser' ? 'a certificate is offered only if a browser would' : null,
    ),
    ...field('handshake', observed && handshakeFacts(observed)),
    ...field('RFC', rfcDifference(cell)),
    ...field('server log', observed?.serverLog?.line ?? null),
    ...ladderBlock(cell, columns, paint),
    ...pathLine('transcript', cell.evidence.transcript, paint),
    ...pathLine('capture', cell.evidence.pcapng, paint),
    ...rerunLines(cell.id, columns, paint),
  ]
}

function ladderBlock({ ladder }: CellFinished, columns: number, paint: Paint): readonly string[] {
  if (ladder.length === 0) return []
  return [
    `${INDENT}${paint(`ladder (${ladderLegend})`, 'dim')}`,
    ...ladderLines(ladder, columns - 2 * INDENT.length).map((line) => INDENT + INDENT + line),
  ]
}

function pathLine(label: string, path: string | null, paint: Paint): readonly string[] {
  return path === null ? [] : [labelled(label, safeText(path), paint)]
}

function rerunLines(id: string, columns: number, paint: Paint): readonly string[] {
  const { command, option } = rerunCommand(id)
  const whole = `${command} ${option}`
  return LEAD_COLUMNS + visibleWidth(whole) <= columns
    ? [labelled('run again', whole, paint)]
    : [labelled('run again', `${command} \\`, paint), INDENT + INDENT + option]
}
