/**
 * The run log's vocabulary: one event per line of run.ndjson. Every report is a fold over these events,
 * so a report can be made again, or merged from shards, without a new handshake.
 */
import type { Confidence, Signs } from './answer.ts'
import type { Outcome } from './outcome.ts'
import type { ClosedBy, Observation } from './observation.ts'
import type { Reason } from './refusal.ts'
import type { Selection } from './scenario.ts'
import type { Backend } from './server.ts'
import type { Peer, TlsVersion } from './tls.ts'

export const SCHEMA_VERSION = 1

export interface RunStarted {
  readonly type: 'run-started'
  readonly schemaVersion: typeof SCHEMA_VERSION
  readonly id: string
  /** ISO 8601 UTC. */
  readonly startedAt: string
  readonly command: readonly string[]
  readonly node: string
  readonly openssl: string
  readonly platform: string
  readonly plannedCells: number
}

export interface ServerStatus {
  readonly type: 'server'
  readonly name: string
  readonly version: string | null
  readonly tlsLibrary: string | null
  readonly backend: Backend | null
  readonly status: 'ran' | 'unavailable' | 'unsupported' | 'error'
  readonly reason: string | null
}

/** What was expected, resolved for this cell: the neutral expectation and the server's own signs. */
export interface CellExpectation extends Signs {
  readonly accepted: boolean
  /** null when the identity is to be accepted. */
  readonly refused: Reason | null
  /** RFC 4514 strings; null: no CertificateRequest. */
  readonly certificateAuthorities: readonly string[] | null
  /** When CertificateRequest comes; null: never. */
  readonly asked: 'handshake' | 'late' | null
  /** null: not judged. */
  readonly closedBy: ClosedBy | null
  readonly http2Reset: string | null
  /** Where it is weaker than that of the status; null otherwise. */
  readonly win32Confidence: Confidence | null
  readonly source: string
  readonly note: string | null
}

/** The layer above the server's own table: does a refusal also tell the client what the RFCs ask for? */
export interface RfcOpinion {
  /** The alert that the RFCs ask for; null when the neutral expectation is acceptance. */
  readonly alert: string | null
  /** Verdict and alert are what the RFCs ask of a server that requires a certificate; null where they ask nothing. */
  readonly agrees: boolean | null
  readonly source: string | null
}

/** One line of the handshake ladder. */
export interface LadderStep {
  readonly from: Peer
  /** Inside record protection. */
  readonly encrypted: boolean
  readonly label: string
  readonly detail: string | null
}

export interface CellIdentifier {
  readonly id: string
  readonly server: string
  readonly policy: string
  readonly tls: TlsVersion
  readonly client: string
  readonly selection: Selection
  readonly scenario: string
  readonly identity: string
}

export interface CellFinished extends CellIdentifier {
  readonly type: 'cell'
  /** Where the cell stands in the whole matrix, shards included. */
  readonly index: number
  readonly title: string
  readonly outcome: Outcome
  /** Why it is not `pass`; null when it is. */
  readonly reason: string | null
  readonly confidence: Confidence | null
  readonly durationMs: number
  readonly expected: CellExpectation | null
  readonly observed: Observation | null
  readonly rfc: RfcOpinion | null
  readonly ladder: readonly LadderStep[]
  readonly evidence: { readonly transcript: string | null; readonly pcapng: string | null }
}

export interface RunFinished {
  readonly type: 'run-finished'
  readonly durationMs: number
  readonly interrupted: boolean
}

export type RunEvent = RunStarted | ServerStatus | CellFinished | RunFinished
