/** What a run's end means to a script. The exit codes are the command line's contract. */
import { count } from './count.ts'
import type { Run } from './run.ts'

export interface Verdict {
  readonly exitCode: 0 | 1 | 3 | 130
  readonly meaning: string
}

/** 130 stands above all: an interrupted run says nothing about the cells that it did not reach. `fail` wins over `error`. */
export function verdictOf({ totals, cells, incomplete }: Run): Verdict {
  if (incomplete?.kind === 'stopped') return { exitCode: 130, meaning: incomplete.reason }
  if (totals.fail > 0)
    return { exitCode: 1, meaning: `${count(totals.fail, 'cell')} did not answer as expected` }
  if (totals.error > 0)
    return { exitCode: 3, meaning: `${count(totals.error, 'cell')} ended without a verdict` }
  if (incomplete) return { exitCode: 3, meaning: incomplete.reason }
  if (cells.length === 0) return { exitCode: 0, meaning: 'nothing failed, and nothing was run' }
  return { exitCode: 0, meaning: 'nothing failed' }
}
