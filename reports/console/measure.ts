/** How wide the columns and panels of a matrix are, before anything is drawn. */
import { visibleWidth } from '../width.ts'
import { placeOf, versionsOf, type Column, type Entry, type Panel } from '../matrix.ts'

/** One space, and one column for the mark. */
export const GUTTER_COLUMNS = 2
/** `TLS 1.2 | TLS 1.3`: a space, the bar, and the mark's column. */
export const BAR_COLUMNS = 3

export interface MeasuredColumn extends Column {
  readonly width: number
  /** The part before the bar, for places where the versions differ. */
  readonly leftWidth: number
}

export interface MeasuredPanel {
  readonly server: string
  readonly columns: readonly MeasuredColumn[]
  /** Gutters included. */
  readonly width: number
}

export function measurePanel({ server, columns }: Panel, room: number): MeasuredPanel {
  return panelOf(
    server,
    columns.map((column) => measureColumn(column, room - GUTTER_COLUMNS)),
    room,
  )
}

function measureColumn(column: Column, most: number): MeasuredColumn {
  const versions = versionsOf(column)
  const places = [...column.entries.values()].map((entries) => placeOf(entries, versions))
  const sides = places.flatMap((place) => ('sides' in place ? [place.sides] : []))
  const sideMost = Math.floor((most - BAR_COLUMNS) / 2)
  const leftWidth = Math.min(sideMost, widest(sides.map(([left]) => left)))
  const rightWidth = Math.min(sideMost, widest(sides.map(([, right]) => right)))
  const splitWidth = sides.length === 0 ? 0 : leftWidth + BAR_COLUMNS + rightWidth
  const wholeWidth = widest(places.map((place) => ('whole' in place ? place.whole : undefined)))
  const width = Math.min(most, Math.max(visibleWidth(column.policy), wholeWidth, splitWidth))
  return { ...column, width, leftWidth }
}

export function panelOf(server: string, columns: readonly MeasuredColumn[], room: number): MeasuredPanel {
  const width = columns.reduce((sum, column) => sum + GUTTER_COLUMNS + column.width, 0)
  return { server, columns, width: Math.max(width, Math.min(room, GUTTER_COLUMNS + visibleWidth(server))) }
}

function widest(entries: readonly (Entry | undefined)[]): number {
  return Math.max(0, ...entries.map((entry) => visibleWidth(entry?.text ?? '')))
}
