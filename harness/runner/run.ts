/**
 * Runs a plan: each server is started once for all its policies, its groups run with bounded concurrency, and every
 * result becomes an event. Servers, clients and scenarios arrive as values; nothing here knows one by name.
 */
import pLimit from 'p-limit'
import type { Client, ConnectedClient } from '../model/client.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { CellFinished, RunEvent } from '../model/event.ts'
import type { Pki } from '../model/identity.ts'
import type { Policy } from '../model/policy.ts'
import type { Deviation, NamedScenario } from '../model/scenario.ts'
import type { Backend, StartedServer } from '../model/server.ts'
import type { Offers } from './browser.ts'
import { cellBase, cellError } from './cell.ts'
import { deviate, type Deviate } from './deviate.ts'
import type { EvidenceWriter } from './evidence.ts'
import { runGroup } from './group.ts'
import type { Cell } from './matrix.ts'
import type { Plan } from './plan.ts'
import { startServer } from './start-server.ts'

export interface RunOptions {
  readonly plan: Plan
  readonly pki: Pki
  readonly control: NamedScenario
  /** Whether a browser would offer an identity, for the scenarios that select as one. */
  readonly offers: Offers
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

type Limit = <T>(task: () => Promise<T>) => Promise<T>

interface Shared extends RunOptions {
  readonly limit: Limit
  /** A group's results come when its last control is in, so groups are finished before new ones are begun. */
  readonly limitGroups: Limit
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
    limitGroups: pLimit(options.concurrency),
    client: clients.open,
    deviate: deviate(options.deviations),
  }
  try {
    await allEnded([...plan.groups.values()].map((groups) => runServer(groups, shared)))
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
    const directory = await shared.makeDirectory(server.name)
    const options = { backend, policies: policiesOf(cells), pki: shared.pki, directory }
    started = await startServer(server, options, shared.signal)
  } catch (thrown) {
    if (shared.signal.aborted) return
    const reason = describe(thrown)
    shared.emit({ ...status, version: null, tlsLibrary: null, status: 'error', reason })
    for (const cell of cells) shared.emit(cellError(cell, `${server.name} did not start: ${reason}`))
    return
  }
  try {
    if (shared.signal.aborted) return
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
  void started.died.catch(messageOf).then((reason) => {
    death = reason
  })
  await allEnded(
    [...groups.values()].map(async (cells) => {
      const results = await shared.limitGroups(() => resultsOf(cells, started, backend, shared))
      for (const result of results) {
        const died = result.outcome === 'error' && death !== null
        shared.emit(died ? { ...result, reason: `${result.server} died: ${death}` } : shared.deviate(result))
      }
    }),
  )
}

async function resultsOf(
  cells: readonly Cell[],
  started: StartedServer,
  backend: Backend,
  shared: Shared,
): Promise<readonly CellFinished[]> {
  const peer = cells[0]?.peers.client
  if (peer === undefined) return []
  let client: ConnectedClient
  try {
    client = await shared.client(peer)
  } catch (thrown) {
    if (shared.signal.aborted) return []
    const reason = `the client ${peer.name} could not be opened: ${describe(thrown)}`
    return cells.map((cell) => cellError(cell, reason))
  }
  return await runGroup(cells, { ...shared, started, backend, client })
}

function policiesOf(cells: readonly Cell[]): readonly Policy[] {
  return [...new Map(cells.map(({ underTest }) => [underTest.policy.name, underTest.policy])).values()]
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
      const opened = await Promise.allSettled(open.values())
      const clients = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
      await allEnded(clients.map((client) => client[Symbol.asyncDispose]()))
    },
  }
}

/** Promise.all, but a failure is told only when everything has ended: nothing may be left running behind it. */
async function allEnded(promises: readonly PromiseLike<void>[]): Promise<void> {
  await Promise.allSettled(promises)
  await Promise.all(promises)
}

function describe(thrown: unknown): string {
  if (!(thrown instanceof HarnessError)) return messageOf(thrown)
  return [`${thrown.code}: ${thrown.message}`, thrown.where, thrown.hint]
    .filter((part) => part !== null)
    .join('; ')
}
