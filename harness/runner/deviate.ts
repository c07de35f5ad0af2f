/** Applies scenarios/deviations.ts to a result: a listed difference is not a failure, a stale line is. */
import picomatch from 'picomatch'
import type { CellFinished } from '../model/event.ts'
import { deviationHolds, type Deviation } from '../model/scenario.ts'

export type Deviate = (result: CellFinished) => CellFinished

export function deviate(deviations: readonly Deviation[]): Deviate {
  const compiled = deviations.map((deviation) => ({ deviation, matches: picomatch(deviation.cells) }))
  return (result) => {
    const { observed } = result
    const listed = compiled.filter(({ matches }) => matches(result.id)).map(({ deviation }) => deviation)
    const [first] = listed
    if (first === undefined || observed === null) return result
    if (result.outcome === 'pass') {
      return {
        ...result,
        outcome: 'fail',
        reason: `stale deviation: the cell passes now; remove '${first.cells}' from the deviations (${first.reason})`,
      }
    }
    const seen = listed.find((deviation) => deviationHolds(deviation, observed))
    if (result.outcome !== 'fail' || seen === undefined) return result
    return { ...result, outcome: 'deviation', reason: `${seen.reason} [${seen.source}]` }
  }
}
