/** The figures that a list of measurements comes down to. */

export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** @throws RangeError for an empty list. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right)
  const [min] = sorted
  const max = sorted.at(-1)
  if (min === undefined || max === undefined) throw new RangeError('expected at least one value, found none')
  return { median: medianOf(sorted), min, max }
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2
  const low = sorted[Math.ceil(middle) - 1] ?? 0
  const high = sorted[Math.floor(middle)] ?? 0
  return (low + high) / 2
}
