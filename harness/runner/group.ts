/**
 * Runs the cells of one server policy, TLS version and client between two controls: the accepted identity comes
 * first and last. If a control fails, the policy's other verdicts are `error`: a dead server must not pass for one
 * that refuses.
 */
import type { CellFinished } from '../model/event.ts'
import type { NamedScenario } from '../model/scenario.ts'
import { cellError, runCell, type CellContext } from './cell.ts'
import type { Cell } from './matrix.ts'

export interface GroupContext extends CellContext {
  /** The scenario of the accepted identity. */
  readonly control: NamedScenario
  /** Runs a task when there is room; what bounds the whole run's concurrency. */
  readonly limit: <T>(task: () => Promise<T>) => Promise<T>
}

/** The results in the order of `cells`; shorter if the run was aborted. */
export async function runGroup(
  cells: readonly Cell[],
  context: GroupContext,
): Promise<readonly CellFinished[]> {
  const [any] = cells
  if (any === undefined) return []
  const controlCell = controlOf(any, context.control)
  const isControl = (cell: Cell) => cell.id === controlCell.id
  // No transcript is kept for a control that is not a cell of this run.
  const unkept = { ...context, evidence: null }

  const first = await context.limit(() => runCell(controlCell, cells.some(isControl) ? context : unkept))
  if (first.outcome === 'error') {
    return cells.map((cell) => (isControl(cell) ? first : cellError(cell, controlFailed('first', first))))
  }
  const results = await Promise.all(
    cells.map(async (cell) => (isControl(cell) ? first : context.limit(() => runCell(cell, context)))),
  )
  const last = await context.limit(() => runCell(controlCell, unkept))
  if (context.signal.aborted) return []

  const failed = [
    { place: 'first', control: first },
    { place: 'last', control: last },
  ].find(({ control }) => control.outcome !== 'pass')
  if (failed === undefined) return results
  const reason = controlFailed(failed.place, failed.control)
  return results.map((result) =>
    result === first && failed.place === 'first' ? result : void_(result, reason),
  )
}

/** The control under the policy of a group: the group's own cell if it has one, and otherwise one more connection. */
function controlOf(cell: Cell, control: NamedScenario): Cell {
  const { server, policy, tls, client } = cell
  const policyHasControl = cell.identity === control.identity && 'accepted' in cell.namedScenario.expect
  return policyHasControl
    ? cell
    : {
        ...cell,
        id: `${server}/${policy}/tls${tls}/${client}/${control.id}`,
        scenario: control.id,
        identity: control.identity,
        namedScenario: control,
      }
}

function controlFailed(place: string, { identity, reason }: CellFinished): string {
  return `the ${place} control (${identity}) did not pass, so nothing that this policy refused counts: ${reason ?? ''}`
}

/** What was measured stays for the reader; the verdict does not. */
function void_(result: CellFinished, reason: string): CellFinished {
  return result.outcome === 'error' ? result : { ...result, outcome: 'error', reason }
}
