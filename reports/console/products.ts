/** Under a table: what each server is, how often it tells what the RFCs ask, and what other clients saw. */
import type { CellFinished, ServerStatus } from '../../harness/model/event.ts'
import type { Paint } from '../ansi.ts'
import { groundSums } from '../ground.ts'
import type { Run } from '../run.ts'
import { safeText } from '../safe-text.ts'
import { cut, fill, visibleWidth, wrap } from '../width.ts'
import type { ClientComparison } from '../clients.ts'

/** A longer name leaves no room for what is said of it. */
const MOST_NAME_COLUMNS = 30

/** `names`: safe, as in the table's heading. */
export function productLines(
  names: readonly string[],
  run: Run,
  others: readonly ClientComparison[],
  columns: number,
  paint: Paint,
): readonly string[] {
  const labelWidth = Math.min(MOST_NAME_COLUMNS, Math.max(0, ...names.map(visibleWidth)))
  return names.flatMap((name) => {
    const facts = [
      ...run.servers.filter((server) => safeText(server.name) === name).map(productText),
      ...others.filter((other) => safeText(other.server) === name).flatMap(clientFact),
      ...rfcFact(run.cells.filter((cell) => safeText(cell.server) === name)),
      ...groundFact(run.cells.filter((cell) => safeText(cell.server) === name)),
    ].join('; ')
    if (facts === '') return []
    return wrap(facts, columns - labelWidth - 2).map(
      (line, at) => `${fill(at === 0 ? cut(name, labelWidth) : '', labelWidth)}  ${paint(line, 'dim')}`,
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

/** Only for a product that was not measured throughout: a table of answers must not pass for the vendor's word. */
function groundFact(cells: readonly CellFinished[]): readonly string[] {
  const others = cells.some(({ confidence }) => confidence !== null && confidence !== 'measured')
  return others ? [`expectations ${groundSums(cells)}`] : []
}
