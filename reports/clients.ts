/**
 * Several clients in one matrix: the first client of each server is the one shown, and another client is only
 * shown where the server answered it differently.
 */
import type { CellFinished } from '../harness/model/event.ts'
import { groupBy } from './group-by.ts'
import { entryOf, sameEntry } from './matrix.ts'
import type { Run } from './run.ts'

export interface ClientComparison {
  readonly server: string
  readonly client: string
  readonly compared: number
  /** The cells of this client at every place with a difference; empty when it is the same. */
  readonly different: readonly CellFinished[]
}

export interface ClientViews {
  /** Each server as its first client saw it. */
  readonly shown: readonly CellFinished[]
  readonly others: readonly ClientComparison[]
}

/** Without the cells of a server that never answered, which have nothing to show: it is told as not run. */
export function answeredCells({ cells, servers }: Run): readonly CellFinished[] {
  const down = new Set(servers.filter((server) => server.status !== 'ran').map((server) => server.name))
  return cells.filter((cell) => cell.observed !== null || !down.has(cell.server))
}

export function viewsByClient(cells: readonly CellFinished[]): ClientViews {
  const shown: CellFinished[] = []
  const others: ClientComparison[] = []
  for (const [server, ofServer] of groupBy(cells, (cell) => cell.server)) {
    const [reference, ...rest] = groupBy(ofServer, (cell) => cell.client)
    if (!reference) continue
    shown.push(...reference[1])
    for (const [client, ofClient] of rest) others.push(compare(server, client, ofClient, reference[1]))
  }
  return { shown, others }
}

/** A cell that this client could not run says nothing about the server, so it is no difference. */
function compare(
  server: string,
  client: string,
  cells: readonly CellFinished[],
  reference: readonly CellFinished[],
): ClientComparison {
  const expected = new Map(reference.map((cell) => [`${placeKey(cell)} ${cell.tls}`, entryOf(cell)]))
  const ran = cells.filter((cell) => cell.outcome !== 'unsupported' && cell.outcome !== 'unavailable')
  const places = new Set(
    ran
      .filter((cell) => !sameEntry(entryOf(cell), expected.get(`${placeKey(cell)} ${cell.tls}`)))
      .map(placeKey),
  )
  return {
    server,
    client,
    compared: ran.length,
    different: cells.filter((cell) => places.has(placeKey(cell))),
  }
}

function placeKey({ policy, scenario }: CellFinished): string {
  return JSON.stringify([policy, scenario])
}
