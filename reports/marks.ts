/** How an outcome looks in a matrix and in a sum. A mark survives without colour; a pass needs none. */
import type { Outcome } from '../harness/model/outcome.ts'
import type { Style } from './ansi.ts'

interface OutcomeLook {
  /** One column wide. */
  readonly mark: string
  readonly styles: readonly Style[]
  /** For the legend. */
  readonly meaning: string
}

export const looks = {
  pass: { mark: ' ', styles: [], meaning: 'as expected' },
  fail: { mark: '✗', styles: ['bold', 'red'], meaning: 'not as expected' },
  deviation: { mark: '~', styles: ['yellow'], meaning: 'known deviation' },
  error: { mark: '!', styles: ['red'], meaning: 'no verdict' },
  unsupported: { mark: '-', styles: ['dim'], meaning: 'not run' },
  unavailable: { mark: '-', styles: ['dim'], meaning: 'not run' },
} as const satisfies Record<Outcome, OutcomeLook>
