/** What is neither a pass nor a failure, with its reason: known deviations, and what was not run. */
import type { CellFinished } from '../../harness/model/event.ts'
import { count } from '../count.ts'
import { groupBy } from '../group-by.ts'
import type { Run } from '../run.ts'
import { code, prose } from './escape.ts'

const NO_REASON = 'no reason was given'

export function deviationParagraphs({ cells }: Run): readonly string[] {
  const deviations = cells.filter(({ outcome }) => outcome === 'deviation')
  const items = [...groupBy(deviations, ({ reason }) => reason ?? NO_REASON)].map(
    ([reason, alike]) => `- ${prose(reason)}: ${places(alike)}`,
  )
  return section('### Known deviations', items)
}

export function notRunParagraphs({ servers, cells }: Run): readonly string[] {
  const down = servers.filter(({ status }) => status !== 'ran')
  const names = new Set(down.map(({ name }) => name))
  const skipped = cells.filter(
    ({ outcome, server }) => (outcome === 'unsupported' || outcome === 'unavailable') && !names.has(server),
  )
  const alike = groupBy(skipped, ({ server, outcome, reason }) => JSON.stringify([server, outcome, reason]))
  return section('### Not run', [
    ...down.map(({ name, status, reason }) => `- ${code(name)}, ${status}: ${prose(reason ?? NO_REASON)}`),
    ...[...alike.values()].map(([{ server, outcome, reason }, ...more]) => {
      const cellCount = count(more.length + 1, 'cell')
      return `- ${code(server)}, ${cellCount} ${outcome}: ${prose(reason ?? NO_REASON)}`
    }),
  ])
}

/** The policies and scenarios of a deviation, without its TLS versions and clients. */
function places(cells: readonly CellFinished[]): string {
  const ids = cells.map(({ server, policy, scenario }) => `${server}/${policy}/**/${scenario}`)
  return [...new Set(ids)].map(code).join(', ')
}

function section(heading: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [heading, items.join('\n')]
}
