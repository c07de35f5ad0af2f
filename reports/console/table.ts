/**
 * Lays panels out as tables no wider than the terminal: as many servers side by side as fit, and a server that is
 * too wide alone in several pieces. TLS 1.2 and 1.3 share a place where they are equal, else `1.2 | 1.3`.
 */
import type { Paint } from '../ansi.ts'
import { looks } from '../marks.ts'
import { cut, fill, visibleWidth } from '../width.ts'
import { placeOf, versionsOf, type Entry, type Panel, type Row } from '../matrix.ts'
import {
  BAR_COLUMNS,
  GUTTER_COLUMNS,
  measurePanel,
  panelOf,
  type MeasuredColumn,
  type MeasuredPanel,
} from './measure.ts'

export interface Table {
  /** The servers that it shows. */
  readonly servers: readonly string[]
  readonly lines: readonly string[]
}

/** A row label never takes more, so that there is room for answers. */
const LABEL_COLUMNS = 30
/** Between two servers, on top of the gutter. */
const PANEL_GAP = 2
export function layOutTables(
  rows: readonly Row[],
  panels: readonly Panel[],
  columns: number,
  paint: Paint,
): readonly Table[] {
  const labelWidth = Math.min(LABEL_COLUMNS, Math.max(0, ...rows.map((row) => visibleWidth(row.label))))
  const room = Math.max(GUTTER_COLUMNS + 1, columns - labelWidth)
  const pieces = panels.flatMap((panel) => inPieces(measurePanel(panel, room), room))
  return packed(pieces, room).map((measured) => ({
    servers: [...new Set(measured.map((panel) => panel.server))],
    lines: drawTable(rows, measured, labelWidth, paint),
  }))
}

function inPieces(panel: MeasuredPanel, room: number): readonly MeasuredPanel[] {
  const pieces: MeasuredColumn[][] = [[]]
  for (const column of panel.columns) {
    const piece = pieces.at(-1) ?? []
    if (piece.length > 0 && panelOf(panel.server, [...piece, column], room).width > room)
      pieces.push([column])
    else piece.push(column)
  }
  return pieces.map((columns) => panelOf(panel.server, columns, room))
}

function packed(panels: readonly MeasuredPanel[], room: number): readonly (readonly MeasuredPanel[])[] {
  const tables: MeasuredPanel[][] = []
  let unused = 0
  for (const panel of panels) {
    const last = tables.at(-1)
    const needed = PANEL_GAP + panel.width
    // A continued server starts a table of its own: two pieces side by side would look like two servers.
    if (last && needed <= unused && last.at(-1)?.server !== panel.server) {
      last.push(panel)
      unused -= needed
    } else {
      tables.push([panel])
      unused = room - panel.width
    }
  }
  return tables
}

function drawTable(
  rows: readonly Row[],
  panels: readonly MeasuredPanel[],
  labelWidth: number,
  paint: Paint,
): readonly string[] {
  const gap = ' '.repeat(PANEL_GAP)
  const gutter = ' '.repeat(GUTTER_COLUMNS)
  const line = (label: string, draw: (panel: MeasuredPanel) => string) =>
    (label + panels.map(draw).join(gap)).trimEnd()
  const blank = ' '.repeat(labelWidth)
  const shown = rows.filter(({ scenario }) =>
    panels.some((panel) => panel.columns.some((column) => column.entries.has(scenario))),
  )
  return [
    line(blank, (panel) => gutter + painted(panel.server, panel.width - GUTTER_COLUMNS, paint, 'bold')),
    line(blank, (panel) =>
      fillPanel(
        panel,
        panel.columns.map((column) => gutter + painted(column.policy, column.width, paint, 'cyan')),
      ),
    ),
    line(blank, (panel) => gutter + paint('─'.repeat(panel.width - GUTTER_COLUMNS), 'dim')),
    ...shown.map(({ scenario, label }) =>
      line(fill(cut(label, labelWidth), labelWidth), (panel) =>
        fillPanel(
          panel,
          panel.columns.map((column) => ` ${drawPlace(column, scenario, paint)}`),
        ),
      ),
    ),
  ]
}

/** A panel under a server name that is wider than its columns. */
function fillPanel(panel: MeasuredPanel, parts: readonly string[]): string {
  const taken = panel.columns.reduce((sum, column) => sum + GUTTER_COLUMNS + column.width, 0)
  return parts.join('') + ' '.repeat(panel.width - taken)
}

function drawPlace(column: MeasuredColumn, scenario: string, paint: Paint): string {
  const place = placeOf(column.entries.get(scenario), versionsOf(column))
  if ('whole' in place) return drawEntry(place.whole, column.width, paint)
  const [left, right] = place.sides
  const rightWidth = column.width - column.leftWidth - BAR_COLUMNS
  return `${drawEntry(left, column.leftWidth, paint)} ${paint('|', 'dim')}${drawEntry(right, rightWidth, paint)}`
}

/** Mark and text: one column more than `width`. */
function drawEntry(entry: Entry | undefined, width: number, paint: Paint): string {
  if (!entry) return ' '.repeat(width + 1)
  const { mark, styles } = looks[entry.outcome]
  const text = cut(entry.text, width)
  const drawn = entry.outcome === 'pass' && entry.accepted ? paint(text, 'green') : paint(text, ...styles)
  return paint(mark, ...styles) + drawn + ' '.repeat(width - visibleWidth(text))
}

function painted(text: string, width: number, paint: Paint, style: 'bold' | 'cyan'): string {
  const short = cut(text, width)
  return paint(short, style) + ' '.repeat(width - visibleWidth(short))
}
