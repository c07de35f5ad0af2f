/**
 * Runs the cells of one server policy, TLS version and client between two controls: the accepted identity comes
 * first and last. If a control fails, the policy's other verdicts are `error`: a dead server must not pass for one
 * that refuses. Where every cell is to be accepted there is nothing to control: only a living server does that.
 */
import type { CellFinished } from '../model/event.ts'
import type { NamedScenario } from '../model/scenario.ts'
import { cellError, runCell, type CellContext } from './cell.ts'
import { groupOf, type Cell } from './matrix.ts'

export interface GroupContext extends CellContext {
  /** The scenario of the accepted identity. */
  readonly control: NamedScenario
  /** Runs a task when there is room; what bounds the whole run's concurrency. */
  readonly limit: <T>(task: () => Promise<T>) => Promise<T>
}

/** The results in the order of `cells`; none if the run was aborted. */
export async function runGroup(
  cells: readonly Cell[],
  context: GroupContext,
): Promise<readonly CellFinished[]> {
  const [any] = cells
  if (any === undefined) return []
  if (cells.every(isToBeAccepted)) return await runAll(cells, context)
  const own = cells.find((cell) => isOwnControl(cell, context.control))
  const controlCell = own ?? oneMoreConnection(any, context.control)
  const isControl = (cell: Cell) => cell === own
  // No transcript is kept for a control that is not a cell of this run.
  const unkept = { ...context, evidence: null }

  const first = await context.limit(() => runCell(controlCell, own ? context : unkept))
  if (first.outcome === 'error') {
    if (context.signal.aborted) return []
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

async function runAll(cells: readonly Cell[], context: GroupContext): Promise<readonly CellFinished[]> {
  const results = await Promise.all(cells.map((cell) => context.limit(() => runCell(cell, context))))
  return context.signal.aborted ? [] : results
}

/** In the scenario's own words: the row of a table is the server's, and may refuse. */
function isToBeAccepted({ namedScenario: { answer } }: Cell): boolean {
  return answer?.verdict === 'accepted'
}

/**
 * The group has the control among its cells: that one is run first, and reported in its own place. In a situation it is
 * the row about the control's identity, whatever that gets there.
 */
function isOwnControl(
  { identity, selection, namedScenario, underTest }: Cell,
  control: NamedScenario,
): boolean {
  const { expect, answer, request } = namedScenario
  if (selection !== 'forced' || request !== undefined || identity !== control.identity) return false
  return answer === undefined ? 'accepted' in expect : underTest.policy.situation === true
}

/** A control that was not selected, or that the policy has no scenario for: it is run and not reported. */
function oneMoreConnection(cell: Cell, control: NamedScenario): Cell {
  return {
    ...cell,
    id: `${groupOf(cell)}/${control.id}`,
    scenario: control.id,
    identity: control.identity,
    selection: 'forced',
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
