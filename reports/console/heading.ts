/** The first lines: how much was tried, and in what time. */
import type { Paint } from '../ansi.ts'
import { count } from '../count.ts'
import type { Run } from '../run.ts'
import { safeText } from '../safe-text.ts'
import { wrap } from '../width.ts'

const NAME = 'Countersign:'

export function heading({ cells, servers, finished }: Run, columns: number, paint: Paint): readonly string[] {
  const versions = [...new Set(cells.map((cell) => cell.tls))].sort().join(' and ')
  const clients = [...new Set(cells.map((cell) => cell.client))]
  const all = new Set(
    [...cells, ...servers.map(({ name }) => ({ server: name }))].map(({ server }) => server),
  ).size
  const down = new Set(servers.filter(({ status }) => status !== 'ran').map(({ name }) => name)).size
  const facts = [
    down === 0 ? count(all, 'server') : `${all - down} of ${count(all, 'server')}`,
    count(new Set(cells.map((cell) => cell.identity)).size, 'client identity', 'client identities'),
    `TLS ${versions}`,
    `client ${clients.join(' and ')}`,
    count(cells.length, 'cell'),
  ]
  const time = finished ? ` in ${durationText(finished.durationMs)}` : ''
  const text = cells.length === 0 ? 'no cells were run' : facts.join(', ') + time
  const lines = wrap(safeText(`${NAME} ${text}`), columns)
  return lines.map((line) => line.replace(NAME, (name) => paint(name, 'bold')))
}

/** `12 ms`, `3.2 s`, `4 min 05 s`. */
export function durationText(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`
  if (durationMs < 59_950) return `${(durationMs / 1000).toFixed(1)} s`
  const seconds = Math.round(durationMs / 1000)
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}
