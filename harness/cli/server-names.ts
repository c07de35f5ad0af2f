/** Servers as the command line names them: by name, by alias, or `all`. */
import type { ServerBackend } from '../model/server.ts'
import { knownNames } from './options.ts'

/** Every server, also those that run on request only. */
const ALL_SERVERS = 'all'

type Named = Pick<ServerBackend, 'name' | 'aliases'>

/** The server of this name or alias. @throws HarnessError ERR_UNKNOWN_NAME that lists the known names. */
export function serverNamed<Server extends Named>(name: string, servers: readonly Server[]): Server {
  knownNames('server', [name], names(servers))
  // Safe: knownNames throws for a name that nobody has.
  return servers.find((server) => answersTo(name, server)) as Server
}

/**
 * The names of the servers that `--server` selects, aliases resolved; null: all of them.
 * @throws HarnessError ERR_UNKNOWN_NAME that lists the known names.
 */
export function serverNames(
  option: string,
  wanted: readonly string[] | undefined,
  servers: readonly Named[],
): readonly string[] | null {
  const checked = knownNames(option, wanted, [...names(servers), ALL_SERVERS])
  if (checked === null || checked.includes(ALL_SERVERS)) return null
  return servers.filter((server) => checked.some((name) => answersTo(name, server))).map(({ name }) => name)
}

/** The name behind an alias; any other word as it is. */
export function withoutAlias(word: string, servers: readonly Named[]): string {
  return servers.find((server) => answersTo(word, server))?.name ?? word
}

function answersTo(name: string, server: Named): boolean {
  return server.name === name || (server.aliases?.includes(name) ?? false)
}

function names(servers: readonly Named[]): readonly string[] {
  return servers.flatMap(({ name, aliases = [] }) => [name, ...aliases])
}
