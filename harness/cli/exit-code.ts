/** The exit code of a run, a contract with scripts: 1 wins over 3, an interruption over both. */
import type { RunEvent } from '../model/event.ts'
import type { Outcome } from '../model/outcome.ts'

export interface ExitCode {
  event(event: RunEvent): void
  readonly code: number
}

export function watchExitCode(): ExitCode {
  const seen = new Set<Outcome>()
  let interrupted = false
  return {
    event(event) {
      if (event.type === 'cell') seen.add(event.outcome)
      if (event.type === 'run-finished' && event.interrupted) interrupted = true
    },
    get code() {
      if (interrupted) return 130
      if (seen.has('fail')) return 1
      return seen.has('error') ? 3 : 0
    },
  }
}
