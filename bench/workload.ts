/**
 * What every client in the benchmark has to do: cells of the embedded servers, in matrix order. The matrix is repeated
 * until there are enough; a repeated cell is the same policy, TLS version and identity under an id of its own.
 */
import { node } from '../harness/clients/node.ts'
import { matrix, type Cell } from '../harness/runner/matrix.ts'
import type { ServerBackend } from '../harness/model/server.ts'
import type { Deviation, NamedScenario } from '../harness/model/scenario.ts'
import { deviations } from '../scenarios/deviations.ts'
import { scenarios } from '../scenarios/index.ts'

export interface Workload {
  readonly cells: readonly Cell[]
  /** The project's own list, widened to repeated cells. */
  readonly deviations: readonly Deviation[]
}

export function workload(servers: readonly ServerBackend[], cellCount: number): Workload {
  const once = matrix({ servers, clients: [node], scenarios: scenarios.filter(isOrdinary) })
  const repeats = once.length === 0 ? 0 : Math.ceil(cellCount / once.length)
  const cells = Array.from({ length: repeats }, (_, at) =>
    once.map((cell) => repeated(cell, at, once.length)),
  )
  return {
    cells: cells.flat().slice(0, cellCount),
    deviations: deviations.map((deviation) => ({ ...deviation, cells: `${deviation.cells}{,-repeat-*}` })),
  }
}

/** A bare client can do it: a request as every other. */
function isOrdinary({ request, selection, withheld }: NamedScenario): boolean {
  return request === undefined && selection === undefined && withheld === undefined
}

function repeated(cell: Cell, at: number, matrixLength: number): Cell {
  return at === 0 ? cell : { ...cell, id: `${cell.id}-repeat-${at}`, index: cell.index + at * matrixLength }
}
