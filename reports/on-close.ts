/** The usual shape of a reporter: keep every event, render the folded run once, on close. */
import type { RunEvent } from '../harness/model/event.ts'
import type { OpenReport, Reporter, ReporterOutput } from '../harness/model/reporter.ts'
import { foldRun, type Run } from './run.ts'

export type Render = (run: Run, output: ReporterOutput) => string

/** Nothing is written before close: cells arrive in any order, and a report has one order. */
export function reporterOnClose(name: string, title: string, render: Render): Reporter {
  return {
    name,
    title,
    open(output: ReporterOutput): OpenReport {
      const events: RunEvent[] = []
      return {
        event(event) {
          events.push(event)
        },
        close() {
          output.write(render(foldRun(events), output))
        },
      }
    },
  }
}
