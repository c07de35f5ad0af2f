/** Explains the marks and notations that this run used, and no others. */
import type { CellFinished } from '../../harness/model/event.ts'
import type { Paint } from '../ansi.ts'
import { looks } from '../marks.ts'
import { packNotes } from './pack.ts'

interface LegendNote {
  readonly text: string
  used(cells: readonly CellFinished[]): boolean
}

const notes: readonly LegendNote[] = [
  {
    text: 'a | b  TLS 1.2 | TLS 1.3',
    used: (cells) => new Set(cells.map((cell) => cell.tls)).size > 1,
  },
  {
    text: '403.16  status.substatus',
    used: (cells) => cells.some(({ observed }) => (observed?.http?.substatus ?? 100) < 100),
  },
  {
    text: '400/495  status/finer status',
    used: (cells) => cells.some(({ observed }) => (observed?.http?.substatus ?? 0) >= 100),
  },
  {
    text: 'a word  the alert, or how the connection ended',
    used: (cells) => cells.some(({ observed }) => observed !== null && observed.http === null),
  },
  ...(['fail', 'deviation', 'error'] as const).map((outcome) => ({
    text: `${looks[outcome].mark} ${looks[outcome].meaning}`,
    used: (cells: readonly CellFinished[]) => cells.some((cell) => cell.outcome === outcome),
  })),
  {
    text: `${looks.unavailable.mark} ${looks.unavailable.meaning}`,
    used: (cells) => cells.some(({ outcome }) => outcome === 'unsupported' || outcome === 'unavailable'),
  },
]

export function legend(cells: readonly CellFinished[], columns: number, paint: Paint): readonly string[] {
  const used = notes.filter((note) => note.used(cells))
  return packNotes(
    used.map(({ text }) => ({ text, styles: ['dim'] })),
    columns,
    paint,
  )
}
