/**
 * One line for each situation's answer, in columns where they fit, else in two lines with the facts in words.
 * The answer stands as IIS logs it: status.substatus, then sc-win32-status.
 */
import type { Paint } from '../ansi.ts'
import { count } from '../count.ts'
import { groundText, shortGround } from '../ground.ts'
import { looks } from '../marks.ts'
import { safeText } from '../safe-text.ts'
import type { SituationLine } from '../situations.ts'
import { cut, fill, visibleWidth, wrap } from '../width.ts'

export interface LineLayout {
  readonly heading: readonly string[]
  /** The lines use the short words for confidence. */
  readonly abbreviated: boolean
  readonly draw: (line: SituationLine) => readonly string[]
}

interface ListColumn {
  readonly heading: string
  readonly text: (line: SituationLine) => string
  /** What says it in less, for when not everything fits. */
  readonly short?: (line: SituationLine) => string
  /** May be cut to this width; the full text stands in the id and in the other reports. */
  readonly least?: number
}

interface MeasuredColumn extends ListColumn {
  readonly width: number
}

/** The mark, and one space. */
const LEAD_COLUMNS = 2
const GAP = '  '
/** No name takes more: it would push every answer to the right. */
const MOST_NAME_COLUMNS = 40

export function layOutLines(lines: readonly SituationLine[], columns: number, paint: Paint): LineLayout {
  if (lines.length === 0) return { heading: [], abbreviated: false, draw: () => [] }
  const answerColumn = answers(lines)
  const listColumns = [...before, answerColumn, ...after]
  const room = columns - LEAD_COLUMNS
  const whole = measure(listColumns, lines)
  const short = listColumns.map((column) => ({ ...column, text: column.short ?? column.text }))
  const measured = widthOf(whole) <= room ? whole : shrunk(measure(short, lines), room)
  return measured === null
    ? { heading: [], abbreviated: false, draw: (line) => stacked(line, lines, answerColumn, columns, paint) }
    : inColumns(measured, answerColumn, paint)
}

const before: readonly ListColumn[] = [
  { heading: '', text: ({ name }) => cut(safeText(name), MOST_NAME_COLUMNS), least: 24 },
  {
    heading: 'certificate',
    text: certificateText,
    short: ({ identity }) => safeText(identity),
    least: 13,
  },
  { heading: 'TLS', text: ({ tls }) => tls },
  {
    heading: 'asked',
    text: ({ asked, caNames }) => (caNames === 0 ? (asked ?? '') : `${asked ?? ''} ${caNames}`),
  },
]

const after: readonly ListColumn[] = [
  { heading: 'user', text: ({ user }) => safeText(user ?? ''), least: 12 },
  { heading: 'basis', text: ({ ground }) => shortGround(ground) },
]

/** A word may run on under `win32`: it has no code. */
function answers(lines: readonly SituationLine[]): ListColumn {
  const logged = lines.filter(({ win32 }) => win32 !== null)
  const width = Math.max('answer'.length, ...logged.map(({ answer }) => visibleWidth(answer)))
  return {
    heading: logged.length === 0 ? 'answer' : `${fill('answer', width)}${GAP}win32`,
    text: ({ answer, win32 }) => (win32 === null ? answer : `${fill(answer, width)}${GAP}${win32}`),
  }
}

/** Columns that have something to say. */
function measure(columns: readonly ListColumn[], lines: readonly SituationLine[]): readonly MeasuredColumn[] {
  return columns
    .map((column) => ({
      column,
      widest: Math.max(0, ...lines.map((line) => visibleWidth(column.text(line)))),
    }))
    .filter(({ widest }) => widest > 0)
    .map(({ column, widest }) => ({ ...column, width: Math.max(widest, visibleWidth(column.heading)) }))
}

function widthOf(columns: readonly MeasuredColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP.length, -GAP.length)
}

/** Cut to fit, names last; null when that is not enough. */
function shrunk(columns: readonly MeasuredColumn[], room: number): readonly MeasuredColumn[] | null {
  let over = widthOf(columns) - room
  const fitted = columns.toReversed().map((column) => {
    const less = Math.min(Math.max(0, over), Math.max(0, column.width - (column.least ?? column.width)))
    over -= less
    return { ...column, width: column.width - less }
  })
  return over > 0 ? null : fitted.toReversed()
}

function inColumns(columns: readonly MeasuredColumn[], answerColumn: ListColumn, paint: Paint): LineLayout {
  const heading = columns.map(({ heading, width }) => fill(cut(heading, width), width)).join(GAP)
  return {
    heading: [`${' '.repeat(LEAD_COLUMNS)}${paint(heading.trimEnd(), 'dim')}`.trimEnd()],
    abbreviated: true,
    draw: (line) => {
      const texts = columns.map((column) => {
        const text = cut(column.text(line), column.width)
        const painted = column.text === answerColumn.text ? paintAnswer(text, line, paint) : text
        return painted + ' '.repeat(column.width - visibleWidth(text))
      })
      return [`${lead(line, paint)}${texts.join(GAP)}`.trimEnd()]
    },
  }
}

function stacked(
  line: SituationLine,
  lines: readonly SituationLine[],
  answerColumn: ListColumn,
  columns: number,
  paint: Paint,
): readonly string[] {
  const answerWidth = Math.max(...lines.map((other) => visibleWidth(answerColumn.text(other))))
  const most = Math.max(1, columns - LEAD_COLUMNS - GAP.length - answerWidth)
  const nameWidth = Math.min(most, Math.max(...lines.map(({ name }) => visibleWidth(safeText(name)))))
  const { name, tls, user, ground } = line
  const facts = [
    certificateText(line),
    tls === 'both' ? 'both TLS versions' : tls === 'none' ? 'no TLS' : `TLS ${tls}`,
    ...askedFact(line),
    ...(user === null ? [] : [`user ${safeText(user)}`]),
    ...[groundText(ground) ?? []].flat(),
  ].join(', ')
  const room = columns - LEAD_COLUMNS
  const answer = cut(answerColumn.text(line), room - GAP.length)
  return [
    `${lead(line, paint)}${fill(cut(safeText(name), nameWidth), nameWidth)}${GAP}${paintAnswer(answer, line, paint)}`,
    ...wrap(facts, room - 2).map((text) => `${' '.repeat(LEAD_COLUMNS + 2)}${paint(text, 'dim')}`),
  ]
}

function certificateText({ identity, selection }: SituationLine): string {
  return safeText(selection === 'browser' ? `${identity} (browser)` : identity)
}

function askedFact({ asked, caNames }: SituationLine): readonly string[] {
  if (asked === null) return []
  if (asked === 'no') return ['not asked']
  return [`asked ${asked}${caNames === 0 ? '' : ` with ${count(caNames, 'CA name')}`}`]
}

function lead({ outcome }: SituationLine, paint: Paint): string {
  const { mark, styles } = looks[outcome]
  return `${paint(mark, ...styles)} `
}

function paintAnswer(text: string, { outcome, accepted }: SituationLine, paint: Paint): string {
  return outcome === 'pass' && accepted ? paint(text, 'green') : paint(text, ...looks[outcome].styles)
}
