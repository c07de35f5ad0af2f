/**
 * Runs a plan: each server is started once for all its policies, its groups run with bounded concurrency, and every
 * result becomes an event. Servers, clients and scenarios arrive as values; nothing here knows one by name.
 */
import pLimit from 'p-limit'
import type { Client, ConnectedClient } from '../model/client.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { RunEvent } from '../model/event.ts'
import type { Pki } from '../model/identity.ts'
import type { Policy } from '../model/policy.ts'
import type { Deviation, NamedScenario } from '../model/scenario.ts'
import type { Backend, ServerBackend, StartedServer } from '../model/server.ts'
import { cellBase, cellError } from './cell.ts'
import { deadline } from './deadline.ts'
import { deviate, type Deviate } from './deviate.ts'
import type { EvidenceWriter } from './evidence.ts'
import { runGroup } from './group.ts'
import type { Cell } from './matrix.ts'
import type { Plan } from './plan.ts'

/** Building a container image is slow the first time; a process starts in well under a second. */
const START_TIMEOUT_MS: Readonly<Record<Backend, number>> = {
  embedded: 10_000,
  native: 15_000,
  container: 600_000,
}

export interface RunOptions {
  readonly plan: Plan
  readonly pki: Pki
  readonly control: NamedScenario
  readonly deviations: readonly Deviation[]
  readonly concurrency: number
  /** For one cell. */
  readonly timeoutMs: number
  readonly evidence: EvidenceWriter | null
  /** Makes a private directory that its owner removes after the run. */
  readonly makeDirectory: (name: string) => Promise<string>
  /** Ends the run early; cells that have not finished are then not reported. */
  readonly signal: AbortSignal
  readonly emit: (event: RunEvent) => void
}

interface Shared extends RunOptions {
  readonly limit: <T>(task: () => Promise<T>) => Promise<T>
  readonly client: (client: Client) => Promise<ConnectedClient>
  readonly deviate: Deviate
}

/** Settles when everything that was started has ended. */
export async function run(options: RunOptions): Promise<void> {
  const { plan, emit } = options
  for (const { cell, outcome, reason } of plan.skipped) emit({ ...cellBase(cell), outcome, reason })
  const clients = openClients(options.makeDirectory)
  const shared: Shared = {
    ...options,
    limit: pLimit(options.concurrency),
    client: clients.open,
    deviate: deviate(options.deviations),
  }
  try {
    await Promise.all([...plan.groups.values()].map((groups) => runServer(groups, shared)))
  } finally {
    await clients.close()
  }
}

async function runServer(groups: ReadonlyMap<string, readonly Cell[]>, shared: Shared): Promise<void> {
  const cells = [...groups.values()].flat()
  const server = cells[0]?.peers.server
  const backend = server && shared.plan.backends.get(server.name)
  if (!server || !backend) return
  const status = { type: 'server', name: server.name, backend } as const
  let started: StartedServer
  try {
    started = await startServer(server, backend, policiesOf(cells), shared)
  } catch (thrown) {
    if (shared.signal.aborted) return
    const reason = describe(thrown)
    shared.emit({ ...status, version: null, tlsLibrary: null, status: 'error', reason })
    for (const cell of cells) shared.emit(cellError(cell, `${server.name} did not start: ${reason}`))
    return
  }
  try {
    const { version, tlsLibrary } = started
    shared.emit({ ...status, version, tlsLibrary, status: 'ran', reason: null })
    await runGroups(groups, started, backend, shared)
  } finally {
    await started[Symbol.asyncDispose]()
  }
}

async function runGroups(
  groups: ReadonlyMap<string, readonly Cell[]>,
  started: StartedServer,
  backend: Backend,
  shared: Shared,
): Promise<void> {
  let death: string | null = null
  void started.died.then((reason) => {
    death = reason
  })
  await Promise.all(
    [...groups.values()].map(async (cells) => {
      const [any] = cells
      if (any === undefined) return
      const client = await shared.client(any.peers.client)
      const results = await runGroup(cells, { ...shared, started, backend, client })
      for (const result of results) {
        const died = result.outcome === 'error' && death !== null
        shared.emit(died ? { ...result, reason: `${result.server} died: ${death}` } : shared.deviate(result))
      }
    }),
  )
}

function policiesOf(cells: readonly Cell[]): readonly Policy[] {
  return [...new Map(cells.map(({ underTest }) => [underTest.policy.name, underTest.policy])).values()]
}

async function startServer(
  server: ServerBackend,
  backend: Backend,
  policies: readonly Policy[],
  { pki, makeDirectory, signal }: Shared,
): Promise<StartedServer> {
  const directory = await makeDirectory(server.name)
  using limit = deadline(signal, START_TIMEOUT_MS[backend])
  return await server.start({ backend, policies, pki, directory, signal: limit.signal })
}

function openClients(makeDirectory: RunOptions['makeDirectory']) {
  const open = new Map<string, Promise<ConnectedClient>>()
  return {
    open: (client: Client) => {
      const opened =
        open.get(client.name) ?? makeDirectory(`client-${client.name}`).then((path) => client.open(path))
      open.set(client.name, opened)
      return opened
    },
    close: async () => {
      await Promise.all([...open.values()].map(async (client) => (await client)[Symbol.asyncDispose]()))
    },
  }
}

function describe(thrown: unknown): string {
  if (!(thrown instanceof HarnessError)) return messageOf(thrown)
  return [`${thrown.code}: ${thrown.message}`, thrown.where, thrown.hint]
    .filter((part) => part !== null)
    .join('; ')
}
