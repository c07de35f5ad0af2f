/**
 * The embedded servers, started once for everything that is measured. The runner starts and stops its servers itself,
 * so it is given borrowed ones: their start hands out what runs already, their disposal does nothing.
 */
import { HarnessError } from '../harness/model/errors.ts'
import type { Pki } from '../harness/model/identity.ts'
import type { Endpoint, ServerBackend, StartedServer } from '../harness/model/server.ts'
import { makeScratch } from '../harness/process/scratch.ts'
import { servers } from '../servers/index.ts'

const START_TIMEOUT_MS = 10_000

/**
 * Those of every run, without the situations of one product: what is compared is a connection, and a situation has a
 * handshake more, or none that a bare client could make.
 */
export const embeddedServers: readonly ServerBackend[] = servers
  .filter(({ backends, onRequest }) => backends.includes('embedded') && !onRequest)
  .map((server) => ({
    ...server,
    policies: server.policies.filter(({ policy }) => !policy.situation),
  }))

export interface RunningServers extends AsyncDisposable {
  readonly borrowed: readonly ServerBackend[]
  /** @throws HarnessError ERR_NO_ENDPOINT */
  started(server: string): StartedServer
  /** @throws HarnessError ERR_NO_ENDPOINT */
  endpoint(server: string, policy: string): Endpoint
}

/** Their directories go with the process: harness/process/cleanup.ts. */
export async function startEmbeddedServers(pki: Pki): Promise<RunningServers> {
  const running = new Map(
    await Promise.all(
      embeddedServers.map(async (server) => [server.name, await start(server, pki)] as const),
    ),
  )
  const started = (server: string) => present(running.get(server), server)
  return {
    borrowed: embeddedServers.map((server) => ({
      ...server,
      start: async () => ({ ...started(server.name), [Symbol.asyncDispose]: async () => undefined }),
    })),
    started,
    endpoint: (server, policy) => present(started(server).endpoints.get(policy), `${server}/${policy}`),
    async [Symbol.asyncDispose]() {
      await Promise.all([...running.values()].map((server) => server[Symbol.asyncDispose]()))
    },
  }
}

async function start(server: ServerBackend, pki: Pki): Promise<StartedServer> {
  return await server.start({
    backend: 'embedded',
    policies: server.policies.map(({ policy }) => policy),
    pki,
    directory: (await makeScratch(`bench-${server.name}`)).path,
    signal: AbortSignal.timeout(START_TIMEOUT_MS),
  })
}

function present<T>(thing: T | undefined, name: string): T {
  if (thing === undefined) throw new HarnessError('ERR_NO_ENDPOINT', `${name} does not run`)
  return thing
}
