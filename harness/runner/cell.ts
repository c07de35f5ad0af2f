/** The life of one cell: connect, dissect, read the server's log, observe, judge. */
import { HarnessError, messageOf } from '../model/errors.ts'
import type { CellFinished } from '../model/event.ts'
import type { Identity, Pki } from '../model/identity.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Backend, ServerLogEntry } from '../model/server.ts'
import { brokenBecause, type Measurement } from './broken.ts'
import { givenTo, type Offers } from './browser.ts'
import { connectOnce, type Connection, type ConnectionContext } from './connection.ts'
import { deadline } from './deadline.ts'
import type { EvidenceWriter } from './evidence.ts'
import { expectationOf, type Expectation } from './expectation.ts'
import { judge } from './judge.ts'
import { ladderOf } from './ladder.ts'
import type { Cell } from './matrix.ts'
import { observe, requestedAuthorities } from './observe.ts'
import { fellShort } from './reached.ts'
import { rfcOpinion } from './rfc-opinion.ts'

/** How long a server may take to write its log line after the connection has ended. */
const LOG_GRACE_MS = 1000

export interface CellContext extends ConnectionContext {
  readonly backend: Backend
  readonly pki: Pki
  /** Whether a browser would offer an identity. */
  readonly offers: Offers
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
  const { pki, timeoutMs, signal, evidence, offers } = context
  const issued = identityOf(cell, pki)
  using limit = deadline(signal, timeoutMs)
  const connect = (identity: Identity) => {
    // What still waits for its turn when the run is aborted must not connect.
    signal.throwIfAborted()
    return connectOnce(cell, identity, context, limit.signal)
  }
  const { identity, notOffered, askedFirst } = await givenTo(cell, issued, offers, connect)
  const expectation = expectationOf(cell, pki, notOffered === null)
  const connection = await connect(identity)
  const { report, transcript } = connection
  limit.restart(LOG_GRACE_MS)
  const log = await readLog(cell, context, connection, limit.signal)
  const observed = observe({
    report,
    transcript,
    log,
    server: cell.peers.server,
    hasCertificate: issued.chain.length > 0,
    expectedReason: expectation.cell.refused,
    notOffered,
  })
  return {
    ...cellBase(cell),
    ...verdict(cell, expectation, { ...connection, observed, identity, server: pki.server, askedFirst }),
    confidence: expectation.answer.confidence,
    expected: expectation.cell,
    observed,
    rfc: rfcOpinion(cell, observed),
    ladder: ladderOf(transcript),
    evidence: { transcript: (await evidence?.write(cell.id, report, transcript)) ?? null, pcapng: null },
  }
}

function identityOf({ identity }: Cell, { identities }: Pki): Identity {
  const issued = identities.get(identity)
  if (!issued) throw new HarnessError('ERR_NO_IDENTITY', `the identity '${identity}' was not issued`)
  return issued
}

async function readLog(
  { policy }: Cell,
  { started, backend }: CellContext,
  { nonce, report: { clientPort, closedBy } }: Connection,
  signal: AbortSignal,
): Promise<ServerLogEntry | null> {
  if (clientPort === null || closedBy === 'timeout') return null
  // A container's published port translates addresses, so the port that the server sees is not the client's.
  const visiblePort = backend === 'container' ? null : clientPort
  return await started.serverLog({ policy, nonce, clientPort: visiblePort }, signal)
}

function verdict(
  cell: Cell,
  expectation: Expectation,
  measurement: Measurement,
): { readonly outcome: Outcome; readonly reason: string | null } {
  const broken = brokenBecause(measurement)
  if (broken !== null) return { outcome: 'error', reason: broken }
  const { observed, transcript } = measurement
  const judged = judge(expectation, observed, requestedAuthorities(transcript))
  const short = fellShort(cell, expectation, transcript)
  if (short === null) return judged
  return { outcome: 'fail', reason: judged.reason === null ? short : `${short}; ${judged.reason}` }
}

function round(durationMs: number): number {
  return Math.round(durationMs * 10) / 10
}
