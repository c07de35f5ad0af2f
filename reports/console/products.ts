/** Under a table: what each server is, how often it tells what the RFCs ask, and what other clients saw. */
import type { CellFinished, ServerStatus } from '../../harness/model/event.ts'
import type { Paint } from '../ansi.ts'
import type { Run } from '../run.ts'
import { safeText } from '../safe-text.ts'
import { fill, visibleWidth, wrap } from '../width.ts'
import type { ClientComparison } from './clients.ts'

/** `names`: safe, as in the table's heading. */
export function productLines(
  names: readonly string[],
  run: Run,
  others: readonly ClientComparison[],
  columns: number,
  paint: Paint,
): readonly string[] {
  const labelWidth = Math.max(0, ...names.map(visibleWidth))
  return names.flatMap((name) => {
    const facts = [
      ...run.servers.filter((server) => safeText(server.name) === name).map(productText),
      ...others.filter((other) => safeText(other.server) === name).flatMap(clientFact),
      ...rfcFact(run.cells.filter((cell) => safeText(cell.server) === name)),
    ].join('; ')
    if (facts === '') return []
    return wrap(facts, columns - labelWidth - 2).map(
      (line, at) => `${fill(at === 0 ? name : '', labelWidth)}  ${paint(line, 'dim')}`,
    )
  })
}

function productText({ version, tlsLibrary, backend }: ServerStatus): string {
  const facts = [version === null ? null : `version ${version}`, tlsLibrary, backend]
  return safeText(facts.filter((fact) => fact !== null).join(', '))
}

function clientFact({ client, compared, different }: ClientComparison): readonly string[] {
  if (compared === 0) return []
  return [safeText(different.length === 0 ? `same with ${client}` : `${client} differs, see below`)]
}

function rfcFact(cells: readonly CellFinished[]): readonly string[] {
  const asked = cells.filter((cell) => typeof cell.rfc?.agrees === 'boolean')
  if (asked.length === 0) return []
  const agreeing = asked.filter((cell) => cell.rfc?.agrees === true).length
  return [`verdict and alert as the RFCs ask in ${agreeing} of ${asked.length}`]
}
