/** The answers to a product's own situations as one table: for a report, and for a README that a test compares. */
import type { CellFinished } from '../../harness/model/event.ts'
import { hexText } from '../answer-text.ts'
import { groundText } from '../ground.ts'
import { looks } from '../marks.ts'
import { situationsOf, type SituationLine } from '../situations.ts'
import { code, prose } from './escape.ts'
import { sourceText } from './source.ts'
import { markdownTable } from './table.ts'

const heading = [
  'Scenario',
  'Situation',
  'Client certificate',
  'TLS',
  'Status',
  'Substatus',
  'Win32',
  'User',
  'Confidence',
  'Source',
]

/** One table of all situations in these cells, in their order; null when there are none. No line feed at the end. */
export function situationTable(cells: readonly CellFinished[]): string | null {
  const lines = situationsOf(cells).flatMap(({ topics }) => topics.flatMap((topic) => topic.lines))
  return lines.length === 0 ? null : situationRows(lines)
}

export function situationRows(lines: readonly SituationLine[]): string {
  return markdownTable(heading, lines.map(row))
}

function row(line: SituationLine): readonly string[] {
  const { name, title, outcome, identity, selection, tls, http, answer, win32, user, ground, source, note } =
    line
  const mark = looks[outcome].mark.trim()
  return [
    `${mark === '' ? '' : `${prose(mark)} `}${code(name)}`,
    prose(title),
    `${code(identity)}${selection === 'browser' ? ' (browser)' : ''}`,
    tls === 'both' ? '1.2, 1.3' : tls,
    http ? String(http.status) : code(answer),
    http?.substatus == null ? '' : String(http.substatus),
    win32 === null ? '' : win32 === 0 ? '0' : `${win32} (${hexText(win32)})`,
    code(user ?? ''),
    (groundText(ground) ?? '').replace('win32', 'Win32'),
    [sourceText(source ?? ''), note === null ? '' : `(${prose(note)})`].join(' ').trim(),
  ]
}
