/**
 * What was answered, as sections: the tables, what the servers in them are, their lists of situations, and where
 * another client saw something else.
 */
import type { CellFinished } from '../../harness/model/event.ts'
import type { Paint } from '../ansi.ts'
import { answeredCells, viewsByClient, type ClientComparison } from '../clients.ts'
import { groupBy } from '../group-by.ts'
import { panelsOf, type Row } from '../matrix.ts'
import type { Run } from '../run.ts'
import { safeText } from '../safe-text.ts'
import { isSituation, situationsOf } from '../situations.ts'
import { productLines } from './products.ts'
import { situationLists, type SituationLists } from './situations.ts'
import { layOutTables, type Table } from './table.ts'

export interface Answers {
  readonly tabled: boolean
  readonly sections: readonly (readonly string[])[]
  /** For the legend: the cells that have a place or a line, and whether lines use short words. */
  readonly listed: readonly CellFinished[]
  readonly abbreviated: boolean
}

interface Drawn {
  readonly tables: readonly Table[]
  readonly lists: SituationLists
}

export function answersOf(run: Run, rows: readonly Row[], columns: number, paint: Paint): Answers {
  const answered = answeredCells(run)
  const { shown, others } = viewsByClient(answered)
  const draw = (cells: readonly CellFinished[]): Drawn => ({
    tables: layOutTables(rows, panelsOf(cells.filter((cell) => !isSituation(cell))), columns, paint),
    lists: situationLists(situationsOf(cells), columns, paint),
  })
  const drawn = draw(shown)
  const products = (names: readonly string[]) => productLines(names, run, others, columns, paint)
  return {
    tabled: drawn.tables.length > 0,
    sections: [...serverSections(drawn, products), ...differences(others, draw, paint)],
    listed: [...answered.filter((cell) => !isSituation(cell)), ...drawn.lists.listed],
    abbreviated: drawn.lists.abbreviated,
  }
}

/** `products`: what these servers are; `names` are safe, as in a table's heading. */
function serverSections(
  { tables, lists }: Drawn,
  products: (names: readonly string[]) => readonly string[],
): readonly (readonly string[])[] {
  const tabled = new Set(tables.flatMap(({ servers }) => servers))
  const untabled = new Set([...lists.byServer.keys()].map(safeText).filter((name) => !tabled.has(name)))
  const listsOf = (name: string) =>
    [...lists.byServer].flatMap(([server, lines]) => (safeText(server) === name ? [lines] : []))
  return [
    ...tables.flatMap(({ servers, lines }, at) => {
      const last = servers.filter(
        (name) => !tables.slice(at + 1).some((later) => later.servers.includes(name)),
      )
      // A server that is continued in a further table is told of after the last one.
      return [joined(lines, products(last)), ...last.flatMap(listsOf)]
    }),
    ...[...untabled].flatMap((name) => [joined(listsOf(name).flat(), products([name]))]),
  ]
}

function joined(lines: readonly string[], products: readonly string[]): readonly string[] {
  return products.length === 0 ? lines : [...lines, '', ...products]
}

function differences(
  others: readonly ClientComparison[],
  draw: (cells: readonly CellFinished[]) => Drawn,
  paint: Paint,
): readonly (readonly string[])[] {
  const differing = others.flatMap((other) => other.different)
  return [...groupBy(differing, (cell) => cell.client)].flatMap(([client, cells]) => {
    const { tables, lists } = draw(cells)
    const heading = paint(`Where ${safeText(client)} was answered differently:`, 'bold')
    return [...tables.map(({ lines }) => lines), ...lists.byServer.values()].map((lines) => [
      heading,
      ...lines,
    ])
  })
}
