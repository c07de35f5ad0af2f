/**
 * Folds the events of one run log, or of several shards, into one value. Every reporter renders this value, so the
 * order in which events arrived cannot show: live, replayed and merged runs give the same bytes.
 */
import type { CellFinished, RunEvent, RunFinished, RunStarted, ServerStatus } from '../harness/model/event.ts'
import { countOutcomes, type Outcome, type Totals } from '../harness/model/outcome.ts'
import { groupBy } from './group-by.ts'
import { withLaterFields } from './later-fields.ts'

export interface Run {
  /** The earliest start; its `plannedCells` is the sum over the shards. null: the log has none. */
  readonly started: RunStarted | null
  /** In the order of their first cells. */
  readonly servers: readonly ServerStatus[]
  /** By index, then id; each id once. */
  readonly cells: readonly CellFinished[]
  readonly totals: Totals
  /** Shards run side by side, so `durationMs` is the longest one's. null: no shard came to its end. */
  readonly finished: RunFinished | null
  /** Why there may be more cells than these; null for a whole run. */
  readonly incomplete: Incomplete | null
}

export interface Incomplete {
  /** stopped: interrupted, or the log just ends; lost: it ended in order, but cells are missing. */
  readonly kind: 'stopped' | 'lost'
  readonly reason: string
}

export function foldRun(events: Iterable<RunEvent>): Run {
  const started: RunStarted[] = []
  const servers: ServerStatus[] = []
  const cells: CellFinished[] = []
  const finished: RunFinished[] = []
  for (const event of events) {
    if (event.type === 'run-started') started.push(event)
    else if (event.type === 'server') servers.push(event)
    else if (event.type === 'cell') cells.push(withLaterFields(event))
    else finished.push(event)
  }
  return mergedRun(distinct(started), servers, onePerId(cells), finished)
}

function mergedRun(
  starts: readonly RunStarted[],
  servers: readonly ServerStatus[],
  cells: readonly CellFinished[],
  ends: readonly RunFinished[],
): Run {
  const first = starts.toSorted(by<RunStarted>((start) => start.startedAt, canonical))[0]
  const started = first
    ? { ...first, plannedCells: starts.reduce((sum, start) => sum + start.plannedCells, 0) }
    : null
  const finished: RunFinished | null =
    ends.length === 0
      ? null
      : {
          type: 'run-finished',
          durationMs: Math.max(...ends.map((end) => end.durationMs)),
          interrupted: ends.some((end) => end.interrupted),
        }
  return {
    started,
    servers: oneServerEach(servers, cells),
    cells,
    totals: countOutcomes(cells),
    finished,
    incomplete: incompleteness(starts.length, started?.plannedCells ?? 0, cells.length, ends),
  }
}

function incompleteness(
  starts: number,
  planned: number,
  reported: number,
  ends: readonly RunFinished[],
): Incomplete | null {
  const progress = `${reported} of ${Math.max(planned, reported)} cells`
  if (starts === 0) return { kind: 'stopped', reason: 'the log has no beginning' }
  if (ends.some((end) => end.interrupted)) return { kind: 'stopped', reason: `interrupted after ${progress}` }
  if (ends.length < starts)
    return { kind: 'stopped', reason: `the log ends after ${progress}, before the run did` }
  if (reported < planned) return { kind: 'lost', reason: `only ${progress} are in the log` }
  return null
}

/** From best to worst. A cell that was reported twice counts once, and a good result never hides a bad one. */
const severity = {
  pass: 0,
  unsupported: 1,
  unavailable: 2,
  deviation: 3,
  error: 4,
  fail: 5,
} as const satisfies Record<Outcome, number>

function onePerId(cells: readonly CellFinished[]): readonly CellFinished[] {
  const worst = by<CellFinished>((cell) => -severity[cell.outcome], canonical)
  const groups = [...groupBy(cells, (cell) => cell.id).values()]
  const distinctCells = groups.map((alike) => alike.reduce((a, b) => (worst(a, b) <= 0 ? a : b)))
  return distinctCells.sort(
    by(
      (cell) => cell.index,
      (cell) => cell.id,
    ),
  )
}

const gravity = {
  ran: 0,
  unsupported: 1,
  unavailable: 2,
  error: 3,
} as const satisfies Record<ServerStatus['status'], number>

/** Shards name the same server again: one line each by name, backend and version, with its gravest status. */
function oneServerEach(servers: readonly ServerStatus[], cells: readonly CellFinished[]) {
  const byKey = new Map<string, ServerStatus>()
  for (const server of servers.toSorted(by<ServerStatus>((server) => -gravity[server.status], canonical))) {
    const key = JSON.stringify([server.name, server.backend, server.version])
    if (!byKey.has(key)) byKey.set(key, server)
  }
  const position = new Map<string, number>()
  for (const cell of cells) if (!position.has(cell.server)) position.set(cell.server, position.size)
  return [...byKey.values()].sort(
    by<ServerStatus>(
      (server) => position.get(server.name) ?? Infinity,
      (server) => server.name,
      canonical,
    ),
  )
}

function distinct<T extends object>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [canonical(value), value])).values()]
}

/** Equal events have equal text: events come from JSON lines or are written to them. */
function canonical(value: object): string {
  return JSON.stringify(value)
}

/** Compares by keys, most significant first; strings by code unit, so that no locale can change an order. */
function by<T>(...keys: readonly ((value: T) => number | string)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const [left, right] = [key(a), key(b)]
      if (left < right) return -1
      if (left > right) return 1
    }
    return 0
  }
}
