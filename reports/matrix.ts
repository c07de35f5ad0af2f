/**
 * The answers of a run as a matrix: one panel per server, one column per policy, one row per scenario.
 * Values only: what it looks like is console/table.ts and markdown/matrix-tables.ts.
 */
import type { CellFinished } from '../harness/model/event.ts'
import type { ObservedCertificateRequest } from '../harness/model/observation.ts'
import type { Outcome } from '../harness/model/outcome.ts'
import { tlsVersions, type TlsVersion } from '../harness/model/tls.ts'
import { answerText } from './answer-text.ts'
import { groupBy } from './group-by.ts'
import { safeText } from './safe-text.ts'

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

/** Under the identities: what the server asked for. No scenario has this id, since ids are paths. */
const REQUEST_ROW: Row = { scenario: 'CertificateRequest', label: 'CA names requested' }

export function entryOf({ outcome, observed }: CellFinished): Entry {
  if (observed) return { outcome, text: answerText(observed), accepted: observed.accepted }
  const text = outcome === 'unsupported' || outcome === 'unavailable' ? '' : outcome
  return { outcome, text, accepted: false }
}

/** One entry for each TLS version, from all cells of a policy that came as far as a ServerHello. */
function requestEntries(cells: readonly CellFinished[]): Entries {
  const seen = cells.filter(({ observed }) => observed?.handshake.version != null)
  return Object.fromEntries(
    [...groupBy(seen, (cell) => cell.tls)].map(([tls, ofVersion]) => {
      const texts = new Set(
        ofVersion.map(({ observed }) => requestText(observed?.certificateRequest ?? null)),
      )
      return [tls, { outcome: 'pass', accepted: false, text: [...texts].join('/') }] as const
    }),
  )
}

/** How many CA names the server sent, and whether it asked after the handshake: `3`, `none, late`. */
function requestText(request: ObservedCertificateRequest | null): string {
  if (request === null) return 'not asked'
  const names = request.certificateAuthorities.length
  return `${names === 0 ? 'none' : names}${request.when === 'late' ? ', late' : ''}`
}

export function sameEntry(a: Entry | undefined, b: Entry | undefined): boolean {
  return a?.outcome === b?.outcome && a?.text === b?.text
}

/** What stands in one place: one answer for all versions, or one for each side of the bar. */
export type Place =
  { readonly whole: Entry | undefined } | { readonly sides: readonly [Entry | undefined, Entry | undefined] }

export function placeOf(entries: Entries | undefined, versions: readonly (keyof Entries)[]): Place {
  const [first, second] = versions.map((version) => entries?.[version])
  return versions.length < 2 || sameEntry(first, second) ? { whole: first } : { sides: [first, second] }
}

export function versionsOf(column: Column): readonly (keyof Entries)[] {
  return tlsVersions.filter((version) => [...column.entries.values()].some((entries) => entries[version]))
}

/** Panels in the order of the cells, which must be one client's for each server. */
export function panelsOf(cells: readonly CellFinished[]): readonly Panel[] {
  return [...groupBy(cells, (cell) => cell.server)].map(([server, ofServer]) => ({
    server: safeText(server),
    columns: [...groupBy(ofServer, (cell) => cell.policy)].map(([policy, ofPolicy]) => ({
      policy: safeText(policy),
      entries: new Map([
        ...[...groupBy(ofPolicy, (cell) => cell.scenario)].map(
          ([scenario, ofScenario]) =>
            [
              scenario,
              Object.fromEntries(ofScenario.map((cell) => [cell.tls, entryOf(cell)])) as Entries,
            ] as const,
        ),
        [REQUEST_ROW.scenario, requestEntries(ofPolicy)] as const,
      ]),
    })),
  }))
}

/**
 * Rows in scenario order, called by their identity. Where several scenarios share one, the scenario of the same
 * name keeps it and the others add the last segment of their path, or are called by the whole of it.
 */
export function rowsOf(cells: readonly CellFinished[]): readonly Row[] {
  const identities = new Map(cells.map(({ scenario, identity }) => [scenario, identity]))
  const isShared = (identity: string) =>
    [...identities.values()].filter((other) => other === identity).length > 1
  const taken = new Set<string>()
  const rows = [...identities].map(([scenario, identity]) => {
    const topic = lastSegment(scenario)
    const short = topic === identity || !isShared(identity) ? identity : `${identity} (${topic})`
    const label = taken.has(short) ? scenario : short
    taken.add(label)
    return { scenario, label: safeText(label) }
  })
  return [...rows, REQUEST_ROW]
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
