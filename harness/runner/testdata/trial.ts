/**
 * A trial of the runner: run() over real TLS on 127.0.0.1 against servers of the test's own making, and what came of
 * it. Every trial checks that nothing is left listening.
 */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { node } from '../../clients/node.ts'
import { offers } from '../../clients/selection.ts'
import type { Client } from '../../model/client.ts'
import type { CellFinished, RunEvent } from '../../model/event.ts'
import type { Pki } from '../../model/identity.ts'
import type { Outcome } from '../../model/outcome.ts'
import type { Deviation, NamedScenario } from '../../model/scenario.ts'
import type { Endpoint, ServerBackend } from '../../model/server.ts'
import type { TlsVersion } from '../../model/tls.ts'
import { issuePki } from '../../pki/issue.ts'
import { authorities, identities, server } from '../../../scenarios/identities/index.ts'
import { scenarios as everyScenario } from '../../../scenarios/index.ts'
import { nodeHttps } from '../../../servers/node-https/index.ts'
import type { Offers } from '../browser.ts'
import type { EvidenceWriter } from '../evidence.ts'
import { matrix } from '../matrix.ts'
import { plan } from '../plan.ts'
import { run } from '../run.ts'

/** In the order of the cells: the control, a refusal with an alert, two without. */
const played = ['correct', 'missing', 'expired', 'self-signed']

export const pki = await issuePki(
  { authorities, server, identities: identities.filter(({ name }) => played.includes(name)) },
  { now: Date.now() },
)

export const scenarios: readonly NamedScenario[] = played.map((name) => scenarioOf(name))

/** The first scenario that presents this identity. */
export function scenarioOf(identity: string): NamedScenario {
  const found = everyScenario.find((scenario) => scenario.identity === identity)
  if (!found) throw new Error(`no scenario is about ${identity}`)
  return found
}

/** node-https with the policy `require` only, and with changes. */
export function requiring(changes: Partial<ServerBackend> = {}): ServerBackend {
  const policies = nodeHttps.policies.filter(({ policy }) => policy.name === 'require')
  return { ...nodeHttps, policies, ...changes }
}

export interface TrialOptions {
  readonly servers: readonly ServerBackend[]
  readonly tls?: TlsVersion
  readonly pki?: Pki
  readonly client?: Client
  readonly scenarios?: readonly NamedScenario[]
  readonly deviations?: readonly Deviation[]
  readonly timeoutMs?: number
  /** 1 unless given, so that a test can say what happens after which connection. */
  readonly concurrency?: number
  readonly evidence?: EvidenceWriter
  readonly offers?: Offers
  readonly signal?: AbortSignal
  readonly onEvent?: (event: RunEvent) => void
}

export interface Trial {
  readonly events: readonly RunEvent[]
  readonly cells: readonly CellFinished[]
  /** identity -> outcome, in the order reported. */
  readonly outcomes: Readonly<Record<string, Outcome>>
  readonly reasonOf: (identity: string) => string | null
}

export async function tryOut(t: Test, options: TrialOptions): Promise<Trial> {
  const { servers, tls = '1.3', client = node } = options
  const events: RunEvent[] = []
  const endpoints: Endpoint[] = []
  const directory = await mkdtemp(join(tmpdir(), 'countersign-trial-'))
  t.teardown(() => rm(directory, { recursive: true, force: true }))
  const cells = matrix({
    servers: servers.map((server) => remembering(server, endpoints)),
    clients: [client],
    scenarios: options.scenarios ?? scenarios,
  }).filter((cell) => cell.tls === tls)
  const here = { available: true, version: '1', tlsLibrary: null } as const
  await run({
    plan: plan(
      cells,
      new Map(servers.map(({ name }) => [name, { backend: 'embedded' }])),
      new Map([[client.name, here]]),
    ),
    pki: options.pki ?? pki,
    control: scenarioOf('correct'),
    offers: options.offers ?? offers,
    deviations: options.deviations ?? [],
    concurrency: options.concurrency ?? 1,
    timeoutMs: options.timeoutMs ?? 5000,
    evidence: options.evidence ?? null,
    makeDirectory: (name) => mkdtemp(join(directory, `${name}-`)),
    signal: options.signal ?? new AbortController().signal,
    emit(event) {
      events.push(event)
      options.onEvent?.(event)
    },
  })
  for (const endpoint of endpoints) t.notOk(await listens(endpoint), 'nothing is left listening')
  const finished = events.filter((event) => event.type === 'cell')
  return {
    events,
    cells: finished,
    outcomes: Object.fromEntries(finished.map(({ identity, outcome }) => [identity, outcome])),
    reasonOf: (identity) => finished.find((cell) => cell.identity === identity)?.reason ?? null,
  }
}

function remembering(server: ServerBackend, endpoints: Endpoint[]): ServerBackend {
  return {
    ...server,
    async start(options) {
      const started = await server.start(options)
      endpoints.push(...started.endpoints.values())
      return started
    },
  }
}

async function listens({ host, port }: Endpoint): Promise<boolean> {
  const socket = connect({ host, port })
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
