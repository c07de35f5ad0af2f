/** Which cells the flags of `countersign run` select. */
import picomatch from 'picomatch'
import { clients } from '../clients/index.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import { matrix, type Cell } from '../runner/matrix.ts'
import { select, type Selection } from '../runner/plan.ts'
import { scenarios } from '../../scenarios/index.ts'
import { servers } from '../../servers/index.ts'
import { knownNames } from './options.ts'
import { identityNames } from './pki.ts'
import type { RunFlags } from './run.ts'
import { serverNames } from './server-names.ts'

export interface SelectedCells {
  readonly cells: readonly Cell[]
  readonly selection: Selection
  /** The ids of the whole matrix, selected or not. */
  readonly existing: ReadonlySet<string>
}

/** @throws HarnessError ERR_UNKNOWN_NAME, ERR_GLOB or ERR_NO_CELLS. */
export function selectedCells(flags: RunFlags): SelectedCells {
  const selection: Selection = {
    servers: serverNames('--server', flags.server, servers),
    exceptServers: flags.server === undefined ? onRequest() : [],
    clients: knownNames('--client', flags.client, namesOf(clients)),
    identities: knownNames('--identity', flags.identity, identityNames),
    tls: flags.tls ?? null,
    grep: flags.grep === undefined ? null : checkedGlob(flags.grep),
    shard: flags.shard ?? null,
  }
  const all = matrix({ servers, clients, scenarios })
  return { cells: select(all, selection), selection, existing: new Set(all.map(({ id }) => id)) }
}

/** What a run that names no server leaves out. */
function onRequest(): readonly string[] {
  return namesOf(servers.filter((server) => server.onRequest))
}

export function namesOf(all: readonly { readonly name: string }[]): readonly string[] {
  return all.map(({ name }) => name)
}

/** An unclosed bracket would be taken literally and then match nothing, without a word about it. */
function checkedGlob(glob: string): string {
  try {
    picomatch.makeRe(glob, { strictBrackets: true })
    return glob
  } catch (cause) {
    throw new HarnessError('ERR_GLOB', `expected a glob: ${messageOf(cause)}`, {
      where: `--grep '${glob}'`,
      hint: "countersign list cells shows every id; quote the glob, as in --grep 'nginx/require/**'",
      cause,
    })
  }
}
