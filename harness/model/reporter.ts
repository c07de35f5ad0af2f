/** How a run is told. A reporter folds events into text; live and replayed events give the same bytes. */
import type { RunEvent } from './event.ts'

export interface ReporterOutput {
  write(text: string): void
  /** Emit ANSI colours. */
  readonly colour: boolean
  /** Width of the terminal in columns; reports into files get 100. */
  readonly columns: number
}

export interface OpenReport {
  event(event: RunEvent): void
  /** Writes whatever is left; called once, also after an interrupted run. */
  close(): void
}

export interface Reporter {
  readonly name: string
  readonly title: string
  open(output: ReporterOutput): OpenReport
}
