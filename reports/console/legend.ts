/** Explains the marks and notations that this run used, and no others. */
import type { CellFinished } from '../../harness/model/event.ts'
import type { Paint } from '../ansi.ts'
import { shortConfidences } from '../ground.ts'
import { looks } from '../marks.ts'
import { isSituation } from '../situations.ts'
import { packNotes } from './pack.ts'

interface LegendNote {
  readonly text: string
  used(cells: readonly CellFinished[]): boolean
}

const notes: readonly LegendNote[] = [
  {
    text: 'a | b  TLS 1.2 | TLS 1.3',
    used: (cells) => new Set(cells.filter((cell) => !isSituation(cell)).map((cell) => cell.tls)).size > 1,
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
    used: (cells) =>
      cells.some(
        ({ observed }) => observed !== null && observed.http === null && observed.http2Reset === null,
      ),
  },
  {
    text: 'A_WORD  the HTTP/2 error code of the reset stream',
    used: (cells) => cells.some(({ observed }) => observed?.http2Reset != null && observed.http === null),
  },
  {
    text: 'none, late  CA names requested after the handshake',
    used: (cells) =>
      cells.some((cell) => !isSituation(cell) && cell.observed?.certificateRequest?.when === 'late'),
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

/** The short words of the lists of situations. */
const listNotes: readonly LegendNote[] = [
  { text: 'asked  early: in the handshake, late: after it', used: () => true },
  {
    text: 'late 3  with 3 CA names',
    used: (cells) =>
      cells.some(
        (cell) =>
          isSituation(cell) && (cell.observed?.certificateRequest?.certificateAuthorities.length ?? 0) > 0,
      ),
  },
  {
    text: `basis  ${Object.entries(shortConfidences)
      .map(([confidence, short]) => `${short}(${confidence.slice(short.length)})`)
      .join(', ')}`,
    used: () => true,
  },
  {
    text: 'doc/inf  basis of the answer/of its Win32 code',
    used: (cells) => cells.some(({ expected }) => expected?.win32Confidence != null),
  },
]

/** `cells`: those that are shown; `abbreviated`: their confidence is, too. */
export function legend(
  cells: readonly CellFinished[],
  abbreviated: boolean,
  columns: number,
  paint: Paint,
): readonly string[] {
  const used = [...notes, ...(abbreviated ? listNotes : [])].filter((note) => note.used(cells))
  return packNotes(
    used.map(({ text }) => ({ text, styles: ['dim'] })),
    columns,
    paint,
  )
}
