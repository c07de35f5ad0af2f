/** The matrix of answers as Markdown: one table for each server, scenarios down, policies across. */
import type { CellFinished } from '../../harness/model/event.ts'
import { looks } from '../marks.ts'
import { panelsOf, placeOf, versionsOf, type Column, type Entry, type Panel, type Row } from '../matrix.ts'
import { code, prose } from './escape.ts'
import { markdownTable } from './table.ts'

/** By server, safe. `cells`: one client's for each server. */
export function matrixTables(
  rows: readonly Row[],
  cells: readonly CellFinished[],
): ReadonlyMap<string, string> {
  return new Map(panelsOf(cells).map((panel) => [panel.server, panelTable(rows, panel)]))
}

function panelTable(rows: readonly Row[], { columns }: Panel): string {
  const shown = rows.filter(({ scenario }) => columns.some((column) => column.entries.has(scenario)))
  return markdownTable(
    ['', ...columns.map(({ policy }) => code(policy))],
    shown.map(({ scenario, label }) => [
      prose(label),
      ...columns.map((column) => placeText(column, scenario)),
    ]),
  )
}

function placeText(column: Column, scenario: string): string {
  const place = placeOf(column.entries.get(scenario), versionsOf(column))
  return 'whole' in place
    ? entryText(place.whole)
    : place.sides
        .map(entryText)
        .join(String.raw` \| `)
        .trim()
}

function entryText(entry: Entry | undefined): string {
  if (!entry) return ''
  const mark = looks[entry.outcome].mark.trim()
  return prose(`${mark}${mark === '' || entry.text === '' ? '' : ' '}${entry.text}`)
}
