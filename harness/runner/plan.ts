/** Which cells of the matrix run, and why the others do not. */
import picomatch from 'picomatch'
import type { Availability } from '../model/availability.ts'
import { featuresOf } from '../model/client.ts'
import { HarnessError } from '../model/errors.ts'
import type { CellIdentifier } from '../model/event.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Backend, Feature } from '../model/server.ts'
import type { TlsVersion } from '../model/tls.ts'
import { groupOf, type Cell } from './matrix.ts'

export interface Selection {
  readonly servers: readonly string[] | null
  /** Servers that are left out even where all are selected. */
  readonly exceptServers?: readonly string[]
  readonly clients: readonly string[] | null
  readonly identities: readonly string[] | null
  readonly tls: readonly TlsVersion[] | null
  /** A glob over cell ids. */
  readonly grep: string | null
  readonly shard: Shard | null
}

/** One of `count` parts, counted from 1. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** Where a server runs on this machine, or why it does not. */
export type Placement =
  | { readonly backend: Backend }
  | { readonly backend: null; readonly status: 'unavailable' | 'unsupported'; readonly reason: string }

export interface SkippedCell {
  readonly cell: Cell
  readonly outcome: Extract<Outcome, 'unavailable' | 'unsupported'>
  readonly reason: string
}

export interface Plan {
  /** Server name -> group key -> its cells, all in matrix order. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, readonly Cell[]>>
  readonly backends: ReadonlyMap<string, Backend>
  readonly skipped: readonly SkippedCell[]
  readonly cellCount: number
}

/** @throws HarnessError ERR_NO_CELLS when the selection leaves nothing. */
export function select(cells: readonly Cell[], selection: Selection): readonly Cell[] {
  const selected = cells.filter(selects(selection))
  if (selected.length === 0) {
    throw new HarnessError('ERR_NO_CELLS', `no cell matches this selection`, {
      ...(selection.grep === null ? {} : { where: `--grep '${selection.grep}'` }),
      hint:
        'countersign list cells shows every id; in a glob, * stays within one path segment and ** does not' +
        (selection.exceptServers?.length
          ? `; only --server selects ${selection.exceptServers.join(', ')}`
          : ''),
    })
  }
  return selection.shard === null ? selected : shardOf(selected, selection.shard)
}

/** Whether a cell is selected, shards aside: also for a cell that is not in the matrix. */
export function selects(selection: Omit<Selection, 'shard'>): (cell: CellIdentifier) => boolean {
  const matchesGrep = matcherOf(selection.grep)
  return (cell) =>
    (selection.servers?.includes(cell.server) ?? true) &&
    !(selection.exceptServers?.includes(cell.server) ?? false) &&
    (selection.clients?.includes(cell.client) ?? true) &&
    (selection.identities?.includes(cell.identity) ?? true) &&
    (selection.tls?.includes(cell.tls) ?? true) &&
    matchesGrep(cell.id)
}

function matcherOf(grep: string | null): (id: string) => boolean {
  if (grep === null) return () => true
  // picomatch throws for an empty pattern; no id is empty.
  return grep === '' ? () => false : picomatch(grep)
}

/** Whole groups go to one shard, since the cells of a group share their control. A shard may be empty. */
function shardOf(cells: readonly Cell[], { index, count }: Shard): readonly Cell[] {
  const order = new Map<string, number>()
  for (const cell of cells) {
    const key = groupOf(cell)
    if (!order.has(key)) order.set(key, order.size)
  }
  return cells.filter((cell) => (order.get(groupOf(cell)) ?? 0) % count === index - 1)
}

export function plan(
  cells: readonly Cell[],
  placements: ReadonlyMap<string, Placement>,
  clients: ReadonlyMap<string, Availability>,
): Plan {
  const groups = new Map<string, Map<string, Cell[]>>()
  const backends = new Map<string, Backend>()
  const skipped: SkippedCell[] = []
  for (const cell of cells) {
    const placement = placements.get(cell.server)
    const skip = reasonToSkip(cell, placement, clients.get(cell.client))
    if (skip !== null) {
      skipped.push({ cell, ...skip })
      continue
    }
    if (placement?.backend) backends.set(cell.server, placement.backend)
    const ofServer = groups.get(cell.server) ?? new Map<string, Cell[]>()
    groups.set(cell.server, ofServer)
    const key = groupOf(cell)
    ofServer.set(key, [...(ofServer.get(key) ?? []), cell])
  }
  return { groups, backends, skipped, cellCount: cells.length }
}

function reasonToSkip(
  cell: Cell,
  placement: Placement | undefined,
  client: Availability | undefined,
): Omit<SkippedCell, 'cell'> | null {
  const { server, client: clientPeer } = cell.peers
  const feature = `tls${cell.tls}`
  if (!server.features.has(feature)) {
    return { outcome: 'unsupported', reason: `${server.name} does not speak TLS ${cell.tls}` }
  }
  if (!clientPeer.features.has(feature)) {
    return { outcome: 'unsupported', reason: `the client ${clientPeer.name} does not speak TLS ${cell.tls}` }
  }
  const missing = missingFeature(cell)
  if (missing !== null) return { outcome: 'unsupported', reason: missing }
  if (placement === undefined) return { outcome: 'unavailable', reason: `${server.name} was not probed` }
  if (placement.backend === null) return { outcome: placement.status, reason: placement.reason }
  if (client?.available !== true) {
    return { outcome: 'unavailable', reason: client?.reason ?? `the client ${cell.client} was not probed` }
  }
  return null
}

/** What a client does alone; any server has a part in the other features. */
const clientFeatures: ReadonlySet<Feature> = new Set([
  ...['refuse-renegotiation', 'ignore-renegotiation', 'request-body', 'cipher-suites'],
])

/** Which peer lacks what the scenario's request needs; null when both have it. */
function missingFeature({ peers: { server, client }, namedScenario }: Cell): string | null {
  const needed = featuresOf(namedScenario.request ?? {})
  const ofServer = needed.find((feature) => !clientFeatures.has(feature) && !server.features.has(feature))
  if (ofServer !== undefined) return `${server.name} does not have the feature '${ofServer}'`
  const ofClient = needed.find((feature) => !client.features.has(feature))
  return ofClient === undefined ? null : `the client ${client.name} does not have the feature '${ofClient}'`
}
