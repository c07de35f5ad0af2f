/**
 * Live progress for an interactive terminal: one line, rewritten in place, gone when the run ends. It goes to stderr
 * and is no Reporter: it is not made from the whole log, and what it shows depends on the time.
 */
import type { RunEvent } from '../harness/model/event.ts'
import { outcomes, type Outcome } from '../harness/model/outcome.ts'
import { painter } from './ansi.ts'
import { looks } from './marks.ts'
import { visibleWidth } from './width.ts'

export interface ProgressOutput {
  write(text: string): void
  /** Read at every redraw, so a terminal that was resized is no problem. */
  readonly columns: number
  readonly colour: boolean
}

export interface Progress {
  event(event: RunEvent): void
  /** Takes the line away; call it before anything else writes to the terminal. */
  close(): void
}

const REDRAW_INTERVAL_MS = 80

/** Back to the line's first column, and erase the line (ECMA-48 EL 2). */
const CLEAR_LINE = '\r\u{1b}[2K'

export function openProgress(output: ProgressOutput, now: () => number = Date.now): Progress {
  const startedAtMs = now()
  const totals: Record<Outcome, number> = {
    pass: 0,
    fail: 0,
    deviation: 0,
    unsupported: 0,
    unavailable: 0,
    error: 0,
  }
  let planned = 0
  let timer: NodeJS.Timeout | null = null
  let drawn = false
  let closed = false

  function draw(): void {
    timer = null
    drawn = true
    output.write(CLEAR_LINE + progressLine(totals, planned, now() - startedAtMs, output))
  }

  return {
    event(event) {
      if (closed) return
      if (event.type === 'run-started') planned += event.plannedCells
      if (event.type === 'cell') totals[event.outcome]++
      timer ??= setTimeout(draw, REDRAW_INTERVAL_MS).unref()
    },
    close() {
      if (timer) clearTimeout(timer)
      timer = null
      if (drawn && !closed) output.write(CLEAR_LINE)
      closed = true
    },
  }
}

/** As many facts as fit, the most important first. */
function progressLine(
  totals: Readonly<Record<Outcome, number>>,
  planned: number,
  elapsedMs: number,
  { columns, colour }: ProgressOutput,
): string {
  const paint = painter(colour)
  const done = outcomes.reduce((sum, outcome) => sum + totals[outcome], 0)
  const left = done === 0 || planned <= done ? null : (elapsedMs / done) * (planned - done)
  const facts = [
    { text: `${done}/${Math.max(planned, done)} cells`, styles: ['bold'] as const },
    ...outcomes
      .filter((outcome) => totals[outcome] > 0)
      .map((outcome) => ({
        text: `${looks[outcome].mark.trim()} ${totals[outcome]} ${outcome}`.trim(),
        styles: looks[outcome].styles,
      })),
    { text: clockText(elapsedMs), styles: ['dim'] as const },
    ...(left === null ? [] : [{ text: `about ${clockText(left)} left`, styles: ['dim'] as const }]),
  ]
  let line = ''
  let width = 0
  for (const { text, styles } of facts) {
    width += visibleWidth(text) + (line === '' ? 0 : 2)
    // The last column stays free: writing there makes some terminals wrap.
    if (width >= columns) break
    line += (line === '' ? '' : '  ') + paint(text, ...styles)
  }
  return line
}

/** `0:07`, `12:30`. */
function clockText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
