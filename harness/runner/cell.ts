/** The life of one cell: connect, dissect, read the server's log, observe, judge. */
import { randomUUID } from 'node:crypto'
import type { ClientReport, ConnectedClient } from '../model/client.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { CellFinished } from '../model/event.ts'
import type { Identity, Pki } from '../model/identity.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Backend, Endpoint, ServerLogEntry, StartedServer } from '../model/server.ts'
import { dissect } from '../wire/dissect.ts'
import { brokenBecause, type Measurement } from './broken.ts'
import { deadline } from './deadline.ts'
import type { EvidenceWriter } from './evidence.ts'
import { expectationOf, type Expectation } from './expectation.ts'
import { judge } from './judge.ts'
import { ladderOf } from './ladder.ts'
import type { Cell } from './matrix.ts'
import { observe, requestedAuthorities } from './observe.ts'
import { rfcOpinion } from './rfc-opinion.ts'

/** How long a server may take to write its log line after the connection has ended. */
const LOG_GRACE_MS = 1000

export interface CellContext {
  readonly started: StartedServer
  readonly backend: Backend
  readonly client: ConnectedClient
  readonly pki: Pki
  readonly timeoutMs: number
  /** Aborts with the run. */
  readonly signal: AbortSignal
  /** null: no evidence is kept. */
  readonly evidence: EvidenceWriter | null
}

/** Everything about a cell but what was measured in it. */
export function cellBase(cell: Cell): Omit<CellFinished, 'outcome' | 'reason'> {
  const { index, id, server, policy, tls, client, selection, scenario, identity, namedScenario } = cell
  return {
    type: 'cell',
    ...{ index, id, server, policy, tls, client, selection, scenario, identity },
    title: namedScenario.title,
    confidence: null,
    durationMs: 0,
    expected: null,
    observed: null,
    rfc: null,
    ladder: [],
    evidence: { transcript: null, pcapng: null },
  }
}

export function cellError(cell: Cell, reason: string): CellFinished {
  return { ...cellBase(cell), outcome: 'error', reason }
}

/** Never rejects: what the harness or the server breaks becomes `error`. */
export async function runCell(cell: Cell, context: CellContext): Promise<CellFinished> {
  const startedAt = performance.now()
  try {
    const finished = await measure(cell, context)
    return { ...finished, durationMs: round(performance.now() - startedAt) }
  } catch (thrown) {
    const code = thrown instanceof HarnessError ? `${thrown.code}: ` : ''
    return {
      ...cellError(cell, `${code}${messageOf(thrown)}`),
      durationMs: round(performance.now() - startedAt),
    }
  }
}

async function measure(cell: Cell, context: CellContext): Promise<CellFinished> {
  const { pki, started, client, timeoutMs, signal, evidence } = context
  // What still waits for its turn when the run is aborted must not connect.
  signal.throwIfAborted()
  const expectation = expectationOf(cell, pki)
  const identity = identityOf(cell, pki)
  const nonce = randomUUID()
  using limit = deadline(signal, timeoutMs)
  const answered = await client.connect({
    endpoint: endpointOf(cell, started),
    tls: cell.tls,
    identity,
    target: `/?cell=${nonce}`,
    signal: limit.signal,
  })
  // The deadline may pass while a client is finishing: then no log line can be waited for, and nothing be judged.
  const report: ClientReport = limit.signal.aborted ? { ...answered, closedBy: 'timeout' } : answered
  const transcript = dissect(report.segments, report.keyLog)
  limit.restart(LOG_GRACE_MS)
  const log = await readLog(cell, context, { nonce, report, signal: limit.signal })
  const observed = observe({
    report,
    transcript,
    log,
    server: cell.peers.server,
    hasCertificate: identity.chain.length > 0,
    expectedReason: expectation.cell.refused,
  })
  return {
    ...cellBase(cell),
    ...verdict(expectation, { report, transcript, observed, identity, server: pki.server, timeoutMs }),
    confidence: expectation.answer.confidence,
    expected: expectation.cell,
    observed,
    rfc: rfcOpinion(cell, observed),
    ladder: ladderOf(transcript),
    evidence: { transcript: (await evidence?.write(cell.id, report, transcript)) ?? null, pcapng: null },
  }
}

function endpointOf({ policy }: Cell, { endpoints }: StartedServer): Endpoint {
  const endpoint = endpoints.get(policy)
  if (!endpoint)
    throw new HarnessError('ERR_NO_ENDPOINT', `the server has no endpoint for the policy '${policy}'`)
  return endpoint
}

function identityOf({ identity }: Cell, { identities }: Pki): Identity {
  const issued = identities.get(identity)
  if (!issued) throw new HarnessError('ERR_NO_IDENTITY', `the identity '${identity}' was not issued`)
  return issued
}

interface Connection {
  readonly nonce: string
  readonly report: ClientReport
  readonly signal: AbortSignal
}

async function readLog(
  { policy }: Cell,
  { started, backend }: CellContext,
  { nonce, report: { clientPort, closedBy }, signal }: Connection,
): Promise<ServerLogEntry | null> {
  if (clientPort === null || closedBy === 'timeout') return null
  // A container's published port translates addresses, so the port that the server sees is not the client's.
  const visiblePort = backend === 'container' ? null : clientPort
  return await started.serverLog({ policy, nonce, clientPort: visiblePort }, signal)
}

function verdict(
  expectation: Expectation,
  measurement: Measurement,
): { readonly outcome: Outcome; readonly reason: string | null } {
  const broken = brokenBecause(measurement)
  if (broken !== null) return { outcome: 'error', reason: broken }
  return judge(expectation, measurement.observed, requestedAuthorities(measurement.transcript))
}

function round(durationMs: number): number {
  return Math.round(durationMs * 10) / 10
}
