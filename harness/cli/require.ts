/** `--require NAME` and COUNTERSIGN_REQUIRE: what this machine lacks of these becomes a failure. */
import { HarnessError } from '../model/errors.ts'
import type { CellFinished, RunEvent } from '../model/event.ts'
import { backends, type ServerBackend } from '../model/server.ts'
import type { BackendChoice } from './options.ts'
import { candidatesOf } from './placement.ts'

/** @throws HarnessError ERR_UNKNOWN_NAME for a name that is no server, client or backend. */
export function requiredNames(
  fromOption: readonly string[] | undefined,
  known: { readonly servers: readonly string[]; readonly clients: readonly string[] },
): ReadonlySet<string> {
  const fromEnvironment = (process.env['COUNTERSIGN_REQUIRE'] ?? '').split(',').filter((name) => name !== '')
  const all = [...backends, ...known.servers, ...known.clients]
  const wanted = [...(fromOption ?? []), ...fromEnvironment]
  const unknown = wanted.find((name) => !all.includes(name))
  if (unknown === undefined) return new Set(wanted)
  throw new HarnessError('ERR_UNKNOWN_NAME', `'${unknown}' is not a server, client or backend`, {
    where: fromOption?.includes(unknown) ? '--require' : 'COUNTERSIGN_REQUIRE',
    hint: `known: ${all.join(', ')}`,
  })
}

/** Turns an `unavailable` cell of anything required into a failure; of the backends, those that were tried. */
export function insist(
  required: ReadonlySet<string>,
  servers: readonly ServerBackend[],
  choice: BackendChoice,
): (event: RunEvent) => RunEvent {
  const tried = new Map(servers.map((server) => [server.name, candidatesOf(server, choice)]))
  const isRequired = (cell: CellFinished) =>
    required.has(cell.server) ||
    required.has(cell.client) ||
    (tried.get(cell.server) ?? []).some((backend) => required.has(backend))
  return (event) =>
    event.type === 'cell' && event.outcome === 'unavailable' && isRequired(event)
      ? { ...event, outcome: 'fail', reason: `required but unavailable: ${event.reason ?? ''}` }
      : event
}
