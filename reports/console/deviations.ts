/** Known deviations: each listed reason once, with the places where it holds. */
import type { CellFinished } from '../../harness/model/event.ts'
import type { Paint } from '../ansi.ts'
import { groupBy } from '../group-by.ts'
import { looks } from '../marks.ts'
import { safeText } from '../safe-text.ts'
import { wrap } from '../width.ts'
import type { Row } from '../matrix.ts'

export function deviationLines(
  cells: readonly CellFinished[],
  rows: readonly Row[],
  columns: number,
  paint: Paint,
): readonly string[] {
  const deviations = cells.filter((cell) => cell.outcome === 'deviation')
  if (deviations.length === 0) return []
  const labels = new Map(rows.map(({ scenario, label }) => [scenario, label]))
  const { mark, styles } = looks.deviation
  return [
    paint('Known deviations', 'bold'),
    ...[...groupBy(deviations, (cell) => cell.reason ?? 'no reason was given')].flatMap(
      ([reason, ofReason]) => [
        ...wrap(safeText(reason), columns - 4).map((line, at) =>
          at === 0 ? `  ${paint(mark, ...styles)} ${line}` : `    ${line}`,
        ),
        ...places(ofReason, labels)
          .flatMap((place) => wrap(place, columns - 6))
          .map((line) => paint(`      ${line}`, 'dim')),
      ],
    ),
  ]
}

/** `nginx/optional_no_ca, exchange-only, TLS 1.2 and 1.3, node`. */
function places(cells: readonly CellFinished[], labels: ReadonlyMap<string, string>): readonly string[] {
  const byPlace = groupBy(cells, ({ server, policy, scenario, client }) =>
    JSON.stringify([server, policy, scenario, client]),
  )
  return [...byPlace.values()].map((alike) => {
    const [{ server, policy, scenario, client }] = alike
    const versions = alike.map((cell) => cell.tls).join(' and ')
    const label = labels.get(scenario) ?? safeText(scenario)
    return `${safeText(`${server}/${policy}`)}, ${label}, TLS ${versions}, ${safeText(client)}`
  })
}
