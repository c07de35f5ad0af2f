/** Labelled lines of a block: `  label       text`, wrapped under the text. */
import type { Paint } from '../ansi.ts'
import { safeText } from '../safe-text.ts'
import { fill, wrap, wrapWhole } from '../width.ts'

export const INDENT = '  '
export const LABEL_COLUMNS = 10
/** Where the text of a field starts. */
export const LEAD_COLUMNS = INDENT.length + LABEL_COLUMNS + 2

/** No lines for null. */
export function fieldLines(
  label: string,
  text: string | null,
  columns: number,
  paint: Paint,
): readonly string[] {
  if (text === null) return []
  return wrap(safeText(text), columns - LEAD_COLUMNS).map((line, at) =>
    at === 0 ? labelled(label, line, paint) : ' '.repeat(LEAD_COLUMNS) + line,
  )
}

/** One source after the other, with their addresses whole. */
export function sourceLines(source: string | null, columns: number, paint: Paint): readonly string[] {
  const sources = source === null ? [] : safeText(source).split(/(?<=;) (?=\[)/)
  return sources
    .flatMap((one) => wrapWhole(one, columns - LEAD_COLUMNS))
    .map((line, at) => labelled(at === 0 ? 'source' : '', line, paint))
}

/** One line, however long: for what people copy. `text` is safe. */
export function labelled(label: string, text: string, paint: Paint): string {
  return `${INDENT}${paint(fill(label, LABEL_COLUMNS), 'dim')}  ${text}`
}
