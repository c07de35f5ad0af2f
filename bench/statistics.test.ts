import t from 'tap'
import { spreadOf } from './statistics.ts'

const cases = [
  { name: 'one value', values: [3], spread: { median: 3, min: 3, max: 3 } },
  { name: 'an odd number of values, in any order', values: [9, 1, 4], spread: { median: 4, min: 1, max: 9 } },
  {
    name: 'an even number: between the two middle ones',
    values: [4, 1, 2, 9],
    spread: { median: 3, min: 1, max: 9 },
  },
] as const

for (const { name, values, spread } of cases) {
  t.test(name, async (t) => t.strictSame(spreadOf(values), spread))
}

t.test('no values have no spread', async (t) => t.throws(() => spreadOf([]), RangeError))
