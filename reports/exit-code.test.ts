import t from 'tap'
import type { Outcome } from '../harness/model/outcome.ts'
import { verdictOf } from './exit-code.ts'
import { foldRun } from './run.ts'
import { runOf, sampleCell, sampleRun } from './testdata/sample.ts'

const cases: readonly { name: string; outcomes: readonly Outcome[]; exitCode: number; meaning: string }[] = [
  { name: 'passes', outcomes: ['pass', 'pass'], exitCode: 0, meaning: 'nothing failed' },
  { name: 'nothing', outcomes: [], exitCode: 0, meaning: 'nothing failed, and nothing was run' },
  {
    name: 'what gave no verdict by rights',
    outcomes: ['deviation', 'unsupported', 'unavailable'],
    exitCode: 0,
    meaning: 'nothing failed',
  },
  { name: 'an error', outcomes: ['pass', 'error'], exitCode: 3, meaning: '1 cell ended without a verdict' },
  {
    name: 'a failure wins over an error',
    outcomes: ['error', 'fail', 'fail'],
    exitCode: 1,
    meaning: '2 cells did not answer as expected',
  },
]

for (const { name, outcomes, exitCode, meaning } of cases) {
  t.test(name, async (t) => {
    const cells = outcomes.map((outcome, index) => sampleCell({ outcome, index, id: `cell-${index}` }))
    t.strictSame(verdictOf(foldRun(runOf(cells))), { exitCode, meaning })
  })
}

t.test('an interruption wins over everything', async (t) => {
  const events = sampleRun().map((event) =>
    event.type === 'run-finished' ? { ...event, interrupted: true } : event,
  )
  t.equal(verdictOf(foldRun(events)).exitCode, 130)
})

t.test('a lost cell is an error of the harness', async (t) => {
  const cell = sampleRun().findIndex((event) => event.type === 'cell')
  const passing = runOf([sampleCell(), sampleCell({ id: 'second' })])
  t.equal(verdictOf(foldRun(passing.toSpliced(cell > 0 ? 1 : 0, 1))).exitCode, 3)
})
