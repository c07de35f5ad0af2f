/** Expected and observed as a small table: side by side when that fits, else one under the other. */
import type { CellFinished } from '../../harness/model/event.ts'
import type { Paint } from '../ansi.ts'
import { compareSigns } from '../comparison.ts'
import { fill, visibleWidth } from '../width.ts'
import { fieldLines, INDENT, LABEL_COLUMNS, LEAD_COLUMNS } from './fields.ts'

interface SignRow {
  readonly sign: string
  readonly expected: string
  readonly observed: string
  /** A difference in text, for the eye; the cell's reason is the verdict. */
  readonly differs: boolean
}

const NO_SIGN = '(none)'

export function signLines(cell: CellFinished, columns: number, paint: Paint): readonly string[] {
  const { expected, observed } = cell
  const rows = compareSigns(cell).map((row) => ({
    sign: row.sign,
    expected: expected ? (row.expected ?? NO_SIGN) : '',
    observed: observed ? (row.observed ?? NO_SIGN) : '',
    differs: expected !== null && observed !== null && row.expected !== row.observed,
  }))
  if (rows.length === 0) return []
  const expectedWidth = Math.max('expected'.length, ...rows.map((row) => visibleWidth(row.expected)))
  const observedWidth = Math.max('observed'.length, ...rows.map((row) => visibleWidth(row.observed)))
  return LEAD_COLUMNS + expectedWidth + 2 + observedWidth <= columns
    ? sideBySide(rows, expectedWidth, paint)
    : rows.flatMap((row) => oneUnderTheOther(row, columns, paint))
}

function sideBySide(rows: readonly SignRow[], expectedWidth: number, paint: Paint): readonly string[] {
  const head = `${' '.repeat(LEAD_COLUMNS)}${fill('expected', expectedWidth)}  observed`
  return [
    paint(head, 'dim'),
    ...rows.map(({ sign, expected, observed, differs }) => {
      const label = paint(fill(sign, LABEL_COLUMNS), 'dim')
      const mark = differs ? paint('≠', 'red') : ' '
      const seen = differs ? paint(observed, 'bold') : observed
      return `${INDENT}${label}${mark} ${fill(expected, expectedWidth)}  ${seen}`.trimEnd()
    }),
  ]
}

function oneUnderTheOther(
  { sign, expected, observed, differs }: SignRow,
  columns: number,
  paint: Paint,
): readonly string[] {
  if (observed === '') return fieldLines(sign, `expected ${expected}`, columns, paint)
  if (!differs)
    return fieldLines(sign, expected === '' ? observed : `${observed}, as expected`, columns, paint)
  return [
    ...fieldLines(sign, `expected ${expected}`, columns, paint),
    ...fieldLines('', `observed ${observed}`, columns, paint),
  ]
}
