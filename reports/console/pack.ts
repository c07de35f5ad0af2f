/** Short notes in lines: each stays whole, as many on a line as fit. */
import type { Paint, Style } from '../ansi.ts'
import { visibleWidth } from '../width.ts'

export interface Note {
  /** Safe. */
  readonly text: string
  readonly styles: readonly Style[]
}

const GAP = '   '

export function packNotes(notes: readonly Note[], columns: number, paint: Paint): readonly string[] {
  const lines: string[] = []
  let taken = Infinity
  for (const { text, styles } of notes) {
    const width = visibleWidth(text)
    const fits = taken + GAP.length + width <= columns
    if (fits) lines.push(`${lines.pop() ?? ''}${GAP}${paint(text, ...styles)}`)
    else lines.push(paint(text, ...styles))
    taken = fits ? taken + GAP.length + width : width
  }
  return lines
}
