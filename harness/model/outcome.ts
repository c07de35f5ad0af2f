/** How a cell ended. */

/**
 * pass, fail; deviation: a listed, reasoned, still matching difference; unsupported: the peer cannot;
 * unavailable: this machine lacks it; error: the harness or the server broke, which is not a verdict.
 */
export const outcomes = ['pass', 'fail', 'deviation', 'unsupported', 'unavailable', 'error'] as const

export type Outcome = (typeof outcomes)[number]

export type Totals = Readonly<Record<Outcome, number>>

export function countOutcomes(cells: Iterable<{ readonly outcome: Outcome }>): Totals {
  const totals = { pass: 0, fail: 0, deviation: 0, unsupported: 0, unavailable: 0, error: 0 }
  for (const cell of cells) totals[cell.outcome]++
  return totals
}
