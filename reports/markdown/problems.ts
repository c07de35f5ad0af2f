/** Each cell that needs a person: why, expected and observed sign by sign, the source, and how to run it again. */
import type { CellFinished } from '../../harness/model/event.ts'
import { compareSigns, handshakeFacts } from '../comparison.ts'
import { count } from '../count.ts'
import { groundOf, groundText } from '../ground.ts'
import { groupBy } from '../group-by.ts'
import { looks } from '../marks.ts'
import { rerunCommand } from '../rerun.ts'
import type { Run } from '../run.ts'
import { code, prose } from './escape.ts'
import { sourceText } from './source.ts'
import { markdownTable } from './table.ts'

/** A comment on GitHub holds 65536 characters; the other reports have the rest. */
const MOST_PROBLEMS = 20

/** Paragraphs. Cells without a verdict that share their reason share one. */
export function problemParagraphs({ cells }: Run): readonly string[] {
  const problems = cells.filter(({ outcome }) => outcome === 'fail' || outcome === 'error')
  const alike = [
    ...groupBy(problems, ({ id, outcome, server, reason }) =>
      JSON.stringify(outcome === 'fail' ? [id] : [outcome, server, reason]),
    ).values(),
  ]
  const left = alike.length - MOST_PROBLEMS
  return [
    ...alike.slice(0, MOST_PROBLEMS).flatMap(([cell, ...more]) => problem(cell, more.length)),
    ...(left > 0 ? [`And ${count(left, 'more', 'more')}: see the other reports.`] : []),
  ]
}

function problem(cell: CellFinished, more: number): readonly string[] {
  const { outcome, id, title, reason, server, expected, observed } = cell
  const { command, option } = rerunCommand(id)
  const signs = compareSigns(cell)
  const table = markdownTable(
    ['', 'expected', 'observed'],
    signs.map((row) => {
      const differs = expected && observed && row.expected !== row.observed
      return [`${differs ? '≠ ' : ''}${row.sign}`, code(row.expected ?? ''), code(row.observed ?? '')]
    }),
  )
  const ground =
    expected && [sourceText(expected.source), groundText(groundOf(cell))].filter((text) => text !== null)
  const facts: readonly (readonly [label: string, text: string | null])[] = [
    ['Case', prose(title)],
    ['Because', prose(reason ?? 'no reason was given')],
    ['And', more === 0 ? null : `${count(more, 'more cell')} of ${code(server)} for the same reason`],
    ['Source', ground && ground.join(', ')],
    ['Note', expected?.note == null ? null : prose(expected.note)],
    ['Handshake', observed && prose(handshakeFacts(observed))],
    ['Server log', observed?.serverLog ? code(observed.serverLog.line) : null],
    ['Again', code(`${command} ${option}`)],
  ]
  return [
    `#### ${looks[outcome].mark} ${outcome} ${code(id)}`,
    ...(signs.length === 0 ? [] : [table]),
    facts.flatMap(([label, text]) => (text === null ? [] : [`- ${label}: ${text}`])).join('\n'),
  ]
}
