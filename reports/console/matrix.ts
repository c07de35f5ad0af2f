/**
 * The answers of a run as a matrix: one panel per server, one column per policy, one row per scenario.
 * Values only: widths and colours are table.ts.
 */
import type { CellFinished } from '../../harness/model/event.ts'
import type { Outcome } from '../../harness/model/outcome.ts'
import type { TlsVersion } from '../../harness/model/tls.ts'
import { answerText } from '../answer-text.ts'
import { groupBy } from '../group-by.ts'
import { safeText } from '../safe-text.ts'

/** What stands in one place of the matrix. Texts are safe. */
export interface Entry {
  readonly outcome: Outcome
  readonly text: string
  readonly accepted: boolean
}

export type Entries = Readonly<Partial<Record<TlsVersion, Entry>>>

export interface Column {
  readonly policy: string
  /** By scenario. */
  readonly entries: ReadonlyMap<string, Entries>
}

export interface Panel {
  readonly server: string
  readonly columns: readonly Column[]
}

export interface Row {
  readonly scenario: string
  readonly label: string
}

export function entryOf({ outcome, observed }: CellFinished): Entry {
  if (observed) return { outcome, text: answerText(observed), accepted: observed.accepted }
  const text = outcome === 'unsupported' || outcome === 'unavailable' ? '' : outcome
  return { outcome, text, accepted: false }
}

export function sameEntry(a: Entry | undefined, b: Entry | undefined): boolean {
  return a?.outcome === b?.outcome && a?.text === b?.text
}

/** Panels in the order of the cells, which must be one client's for each server. */
export function panelsOf(cells: readonly CellFinished[]): readonly Panel[] {
  return [...groupBy(cells, (cell) => cell.server)].map(([server, ofServer]) => ({
    server: safeText(server),
    columns: [...groupBy(ofServer, (cell) => cell.policy)].map(([policy, ofPolicy]) => ({
      policy: safeText(policy),
      entries: new Map(
        [...groupBy(ofPolicy, (cell) => cell.scenario)].map(([scenario, ofScenario]) => [
          scenario,
          Object.fromEntries(ofScenario.map((cell) => [cell.tls, entryOf(cell)])) as Entries,
        ]),
      ),
    })),
  }))
}

/**
 * Rows in scenario order, called by their identity. A further scenario with the same identity adds the last
 * segment of its path; should that be taken too, the row is called by the whole path.
 */
export function rowsOf(cells: readonly CellFinished[]): readonly Row[] {
  const labels = new Map<string, string>()
  const taken = new Set<string>()
  for (const { scenario, identity } of cells) {
    if (labels.has(scenario)) continue
    const candidates = [identity, `${identity} (${lastSegment(scenario)})`]
    const label = candidates.find((candidate) => !taken.has(candidate)) ?? scenario
    labels.set(scenario, label)
    taken.add(label)
  }
  return [...labels].map(([scenario, label]) => ({ scenario, label: safeText(label) }))
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
