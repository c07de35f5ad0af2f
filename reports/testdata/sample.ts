/** Support for the tests of reports: the sample run, rendering, and golden files. Not used outside tests. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { CellFinished, RunEvent } from '../../harness/model/event.ts'
import type { Reporter } from '../../harness/model/reporter.ts'

/** One recorded run: passes, failures, a stale deviation, errors, everything else, and hostile names. */
export function sampleRun(): readonly RunEvent[] {
  return readFileSync(new URL('run.ndjson', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent)
}

export function sampleCell(changes: Partial<CellFinished> = {}): CellFinished {
  const cell = sampleRun().find((event) => event.type === 'cell')
  if (!cell) throw new Error('the sample run has no cell')
  return { ...cell, ...changes }
}

/** A whole run of these cells. */
export function runOf(cells: readonly CellFinished[]): readonly RunEvent[] {
  const [started] = sampleRun()
  if (started?.type !== 'run-started') throw new Error('the sample run does not begin with run-started')
  return [
    { ...started, plannedCells: cells.length },
    ...cells,
    { type: 'run-finished', durationMs: 12, interrupted: false },
  ]
}

export interface RenderOptions {
  readonly columns?: number
  readonly colour?: boolean
}

export function render(
  reporter: Reporter,
  events: Iterable<RunEvent>,
  { columns = 100, colour = false }: RenderOptions = {},
): string {
  let written = ''
  const report = reporter.open({ write: (text) => (written += text), columns, colour })
  for (const event of events) report.event(event)
  report.close()
  return written
}

/** The same shuffle every time: a linear congruential generator drives Fisher and Yates. */
export function shuffled<T>(values: readonly T[], seed: number): readonly T[] {
  const result = [...values]
  let state = seed
  for (let at = result.length - 1; at > 0; at--) {
    state = (state * 1103515245 + 12345) % 2147483648
    const other = state % (at + 1)
    const held = result[at] as T
    result[at] = result[other] as T
    result[other] = held
  }
  return result
}

/** The committed text; with UPDATE_GOLDEN=1 it is written first, and the diff is reviewed like code. */
export function golden(name: string, text: string): string {
  const file = new URL(name, import.meta.url)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text)
  return readFileSync(file, 'utf8')
}
