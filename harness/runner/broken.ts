/**
 * What makes a measurement worthless, whatever it shows: no connection, no answer in time, bytes that cannot be read,
 * a peer that showed another certificate than the one it was given, a client that contradicts the dissector.
 */
import { flowOf } from '../model/capture.ts'
import type { ClientReport } from '../model/client.ts'
import type { Certificate } from '../model/handshake-message.ts'
import type { Identity } from '../model/identity.ts'
import type { ClosedBy, Observation } from '../model/observation.ts'
import type { Transcript } from '../model/transcript.ts'
import { contradiction } from './contradiction.ts'
import { certificatesFrom } from './observe.ts'

/** What one connection gave. */
export interface Captured {
  readonly report: ClientReport
  readonly transcript: Transcript
  /** In the clear: there is no handshake. */
  readonly plain: boolean
  readonly timeoutMs: number
}

export interface Measurement extends Captured {
  readonly observed: Observation
  /** What the client was given to present. */
  readonly identity: Identity
  /** What the server was given to present. */
  readonly server: Identity
  /** Whether the first connection of a browser was asked for a certificate; null: there was none. */
  readonly askedFirst: boolean | null
}

/** Why a connection shows nothing; null for one that can be read. */
export function unreadableBecause({ report, transcript, plain, timeoutMs }: Captured): string | null {
  if (report.closedBy === 'timeout') return `no answer within ${timeoutMs} ms`
  if (report.clientPort === null) return `could not connect: ${report.error?.message ?? 'no reason given'}`
  if (report.segments.length === 0 || (transcript.version === null && !plain)) {
    const what = plain ? 'nothing was sent' : 'no ServerHello'
    return `${what}: ${report.error?.message ?? `the connection ended by ${report.closedBy}`}`
  }
  if (plain && !isHttp(report.segments)) return 'the server did not answer in HTTP: is it the port for TLS?'
  const problem = transcript.problems.find(({ code }) => !isOrdinary(code, report.closedBy))
  return problem === undefined
    ? null
    : `the capture could not be read: ${problem.code} ${problem.message} (${problem.where})`
}

/** The reason, or null for a measurement that can be judged. */
export function brokenBecause(measurement: Measurement): string | null {
  const unreadable = unreadableBecause(measurement)
  if (unreadable !== null) return unreadable
  const { report, observed, askedFirst } = measurement
  if (askedFirst !== null && askedFirst !== (observed.certificateRequest !== null)) {
    return `the server asked for a certificate in only one of a browser\u2019s two connections, the ${askedFirst ? 'first' : 'second'}`
  }
  const impostor = presentedOtherwise(measurement)
  if (impostor !== null) return impostor
  const contradicted = report.claims && contradiction(report.claims, observed)
  return contradicted === null ? null : `the client contradicts the dissector: ${contradicted}`
}

/** RFC 9112 §4: an answer begins with the version. A server that says nothing says nothing else. */
function isHttp(segments: ClientReport['segments']): boolean {
  const said = Buffer.from(flowOf(segments, 'server').subarray(0, 5)).toString('latin1')
  return 'HTTP/'.startsWith(said)
}

/** A reset may cut the server's last record short; that is how the connection ended, not a fault of the capture. */
function isOrdinary(problemCode: string, closedBy: ClosedBy): boolean {
  return problemCode === 'ERR_TRUNCATED' && closedBy === 'rst'
}

/**
 * OpenSSL completes a client's chain from any CA that it knows, and a port may be another program's: both would be
 * measured under a wrong name. An empty Certificate message is an answer, not another certificate.
 */
function presentedOtherwise({ transcript, identity, server }: Measurement): string | null {
  const shown = certificatesFrom(transcript, 'server')
  if (!shown.every(({ entries }) => startsWith(server, entries.slice(0, 1)))) {
    return 'the server showed another certificate than the one that it was given: is the port another program\u2019s?'
  }
  const sent = certificatesFrom(transcript, 'client').filter(({ entries }) => entries.length > 0)
  const other = sent.find(
    ({ entries }) => entries.length !== identity.chain.length || !startsWith(identity, entries),
  )
  return other === undefined
    ? null
    : `the client sent another chain than the identity\u2019s: expected ${identity.chain.length} certificates, sent ${other.entries.length}`
}

function startsWith({ chain }: Identity, entries: Certificate['entries']): boolean {
  return entries.every(({ der }, index) => Buffer.compare(der, chain[index]?.der ?? new Uint8Array()) === 0)
}
