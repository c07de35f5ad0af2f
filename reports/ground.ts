/**
 * What expectations rest on, in words that every report shares. Nobody may take an inferred answer for the vendor's
 * word, so whatever shows an answer of a situation shows this beside it.
 */
import type { Confidence } from '../harness/model/answer.ts'
import type { CellFinished } from '../harness/model/event.ts'
import { count } from './count.ts'

/** From the firmest ground to the softest, with the short form for narrow columns. */
export const shortConfidences = {
  measured: 'meas',
  documented: 'doc',
  observed: 'obs',
  inferred: 'inf',
} as const satisfies Record<Confidence, string>

const confidences = Object.keys(shortConfidences) as readonly Confidence[]

/** Confidence of the answer, and that of its Win32 code where it is weaker. */
export interface Ground {
  readonly confidence: Confidence | null
  readonly win32Confidence: Confidence | null
}

export function groundOf({ confidence, expected }: Pick<CellFinished, 'confidence' | 'expected'>): Ground {
  return { confidence, win32Confidence: expected?.win32Confidence ?? null }
}

/** `documented`, or `documented, win32 inferred`; null when nothing was expected. */
export function groundText({ confidence, win32Confidence }: Ground): string | null {
  if (confidence === null) return null
  return win32Confidence === null ? confidence : `${confidence}, win32 ${win32Confidence}`
}

/** `doc`, or `doc/inf`; '' when nothing was expected. */
export function shortGround({ confidence, win32Confidence }: Ground): string {
  if (confidence === null) return ''
  const short = shortConfidences[confidence]
  return win32Confidence === null ? short : `${short}/${shortConfidences[win32Confidence]}`
}

/** `9 documented, 7 inferred; 3 Win32 codes only inferred`; '' when nothing was expected. */
export function groundSums(cells: readonly CellFinished[]): string {
  const sums = sumsOf(cells, (cell) => groundOf(cell).confidence)
  const weaker = sumsOf(cells, (cell) => groundOf(cell).win32Confidence)
  if (sums.length === 0) return ''
  const answers = sums.map(({ confidence, cells }) => `${cells} ${confidence}`).join(', ')
  const codes = weaker.map(({ confidence, cells }) => `${count(cells, 'Win32 code')} only ${confidence}`)
  return [answers, ...codes].join('; ')
}

function sumsOf(cells: readonly CellFinished[], read: (cell: CellFinished) => Confidence | null) {
  return confidences
    .map((confidence) => ({
      confidence,
      cells: cells.filter((cell) => read(cell) === confidence).length,
    }))
    .filter((sum) => sum.cells > 0)
}
