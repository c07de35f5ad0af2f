/**
 * TAP 14, one test point for each cell. https://testanything.org/tap-version-14-specification.html
 * deviation is a failing TODO test, unsupported and unavailable are SKIP, fail and error are `not ok` with YAML
 * diagnostics. A run that did not come to its end bails out under a plan that it cannot meet: never a success.
 */
import type { CellFinished } from '../harness/model/event.ts'
import type { Outcome } from '../harness/model/outcome.ts'
import { compareSigns, handshakeFacts, rfcDifference, type ComparedSign } from './comparison.ts'
import { ladderLines } from './ladder.ts'
import { reporterOnClose } from './on-close.ts'
import { rerunCommand } from './rerun.ts'
import type { Run } from './run.ts'
import { safeText } from './safe-text.ts'

export const tap = reporterOnClose('tap', 'TAP 14, one test point for each cell', renderTap)

function renderTap({ cells, started, incomplete }: Run): string {
  const lines = ['TAP version 14', planLine(cells.length, incomplete ? (started?.plannedCells ?? 0) : null)]
  for (const [at, cell] of cells.entries()) lines.push(...testPoint(at + 1, cell))
  if (incomplete) lines.push(`Bail out! ${escaped(incomplete.reason)}`)
  return `${lines.join('\n')}\n`
}

/** `planned`: null for a whole run. Otherwise the plan is at least one more than what is there. */
function planLine(reported: number, planned: number | null): string {
  if (planned !== null) return `1..${Math.max(planned, reported + 1)}`
  return reported === 0 ? '1..0 # no cells were run' : `1..${reported}`
}

interface PointShape {
  readonly status: 'ok' | 'not ok'
  readonly directive: 'TODO' | 'SKIP' | null
  readonly diagnostics: boolean
}

const shapes = {
  pass: { status: 'ok', directive: null, diagnostics: false },
  fail: { status: 'not ok', directive: null, diagnostics: true },
  error: { status: 'not ok', directive: null, diagnostics: true },
  deviation: { status: 'not ok', directive: 'TODO', diagnostics: true },
  unsupported: { status: 'ok', directive: 'SKIP', diagnostics: false },
  unavailable: { status: 'ok', directive: 'SKIP', diagnostics: false },
} as const satisfies Record<Outcome, PointShape>

function testPoint(number: number, cell: CellFinished): readonly string[] {
  const { status, directive, diagnostics } = shapes[cell.outcome]
  const reason = escaped(cell.reason ?? 'no reason was given')
  const point = `${status} ${number} - ${escaped(cell.id)}${directive === null ? '' : ` # ${directive} ${reason}`}`
  return diagnostics ? [point, '  ---', ...yaml(diagnosis(cell), '  '), '  ...'] : [point]
}

/** TAP 14, "Escaping": a backslash before `#` and before itself, and nothing else. */
function escaped(text: string): string {
  return safeText(text).replace(/[\\#]/g, String.raw`\$&`)
}

type Yaml = string | number | null | readonly string[] | { readonly [key: string]: Yaml }

/** Facts that do not apply are left out. */
function diagnosis(cell: CellFinished): { readonly [key: string]: Yaml } {
  const { expected, observed } = cell
  const { command, option } = rerunCommand(cell.id)
  const signs = compareSigns(cell)
  const facts: Readonly<Record<string, Yaml>> = {
    message: cell.reason,
    severity: cell.outcome,
    title: cell.title,
    duration_ms: cell.durationMs,
    expected: expected && signTable(signs, 'expected'),
    observed: observed && signTable(signs, 'observed'),
    source: expected && expected.source,
    confidence: cell.confidence,
    win32_confidence: expected && expected.win32Confidence,
    note: expected && expected.note,
    selection: cell.selection,
    handshake: observed && handshakeFacts(observed),
    rfc: rfcDifference(cell),
    server_log: observed?.serverLog?.line ?? null,
    ladder: cell.ladder.length === 0 ? null : ladderLines(cell.ladder),
    transcript: cell.evidence.transcript,
    capture: cell.evidence.pcapng,
    again: `${command} ${option}`,
  }
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== null))
}

function signTable(signs: readonly ComparedSign[], side: 'expected' | 'observed') {
  return Object.fromEntries(signs.map((row) => [row.sign, row[side]]))
}

/** Strings as JSON: every JSON string is a double-quoted YAML scalar, so no text can end the block. */
function yaml(value: { readonly [key: string]: Yaml }, indent: string): readonly string[] {
  return Object.entries(value).flatMap(([key, child]) => {
    if (child === null || typeof child !== 'object') return [`${indent}${key}: ${scalar(child)}`]
    if (!isList(child)) return [`${indent}${key}:`, ...yaml(child, `${indent}  `)]
    return [`${indent}${key}:`, ...child.map((item) => `${indent}  - ${scalar(item)}`)]
  })
}

/** Array.isArray does not narrow readonly arrays. */
function isList(value: object): value is readonly string[] {
  return Array.isArray(value)
}

function scalar(value: string | number | null): string {
  return JSON.stringify(typeof value === 'string' ? safeText(value) : value)
}
