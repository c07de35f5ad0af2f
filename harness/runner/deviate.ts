/** Applies scenarios/deviations.ts to a result: a listed difference is not a failure, a stale line is. */
import picomatch from 'picomatch'
import type { CellFinished } from '../model/event.ts'
import { deviationHolds, type Deviation } from '../model/scenario.ts'

export type Deviate = (result: CellFinished) => CellFinished

export function deviate(deviations: readonly Deviation[]): Deviate {
  const compiled = deviations.map((deviation) => ({ deviation, matches: picomatch(deviation.cells) }))
  return (result) => {
    const found = compiled.find(({ matches }) => matches(result.id))?.deviation
    if (found === undefined || result.observed === null) return result
    if (result.outcome === 'pass') {
      return {
        ...result,
        outcome: 'fail',
        reason: `stale deviation: the cell passes now; remove '${found.cells}' from the deviations (${found.reason})`,
      }
    }
    if (result.outcome !== 'fail' || !deviationHolds(found, result.observed)) return result
    return { ...result, outcome: 'deviation', reason: `${found.reason} [${found.source}]` }
  }
}
