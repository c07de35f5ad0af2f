/**
 * Compares an observation with the expectation. A refusal for another reason fails, and every sign counts:
 * alert, status, substatus, Win32 code, the server's words, the user, CertificateRequest, its time and its CA names,
 * the client's certificate, the HTTP/2 reset, and the end of the connection where it is the sign.
 */
import type { Observation, ObservedAlert } from '../model/observation.ts'
import type { Expectation } from './expectation.ts'

export interface Judgement {
  readonly outcome: 'pass' | 'fail'
  /** Every difference, the most telling first; null for a pass. */
  readonly reason: string | null
}

export interface Difference {
  readonly what: string
  readonly expected: unknown
  readonly observed: unknown
}

export function judge(
  expectation: Expectation,
  observed: Observation,
  wireAuthorities: readonly Uint8Array[] | null,
): Judgement {
  const verdict = verdictDifference(expectation, observed)
  const differences = signDifferences(expectation, observed, wireAuthorities)
  const texts = [...(verdict === null ? [] : [verdict]), ...differences.map(describe)]
  return texts.length === 0
    ? { outcome: 'pass', reason: null }
    : { outcome: 'fail', reason: texts.join('; ') }
}

function verdictDifference({ cell }: Expectation, observed: Observation): string | null {
  if (cell.accepted && !observed.accepted)
    return `expected acceptance, the server refused: ${observed.refusal}`
  if (!cell.accepted && observed.accepted) {
    return `expected a refusal (${cell.refused ?? 'for any reason'}), the server accepted`
  }
  // A table that names no reason leaves it to the signs.
  if (!cell.accepted && cell.refused === null) return null
  if (cell.refused !== observed.refusal) {
    return `refused for another reason: expected ${cell.refused}, observed ${observed.refusal}`
  }
  return null
}

function signDifferences(
  { cell, authorities, presented, withheldBecause }: Expectation,
  observed: Observation,
  wireAuthorities: readonly Uint8Array[] | null,
): readonly Difference[] {
  const { handshake, http, serverLog, certificateRequest, clientCertificate } = observed
  const signs: readonly Difference[] = [
    { what: 'status', expected: cell.status, observed: http?.status ?? null },
    { what: 'substatus', expected: cell.substatus, observed: http?.substatus ?? null },
    { what: 'alert', expected: cell.alert, observed: alertText(handshake.alert) },
    { what: 'win32', expected: cell.win32, observed: serverLog?.win32 ?? null },
    { what: 'verify', expected: cell.verify, observed: serverLog?.verify ?? null },
    { what: 'user', expected: cell.user, observed: serverLog?.user ?? null },
    { what: 'HTTP/2 reset', expected: cell.http2Reset, observed: observed.http2Reset },
    { what: 'CertificateRequest', expected: cell.asked, observed: certificateRequest?.when ?? null },
  ]
  const differences = signs.filter((sign) => sign.expected !== sign.observed)
  if (cell.closedBy !== null && cell.closedBy !== handshake.closedBy) {
    differences.push({ what: 'closed by', expected: cell.closedBy, observed: handshake.closedBy })
  }
  if (authorities !== null && wireAuthorities !== null && !sameNames(authorities, wireAuthorities)) {
    differences.push(
      namesDifference(
        { texts: cell.certificateAuthorities ?? [], encoded: authorities },
        { texts: certificateRequest?.certificateAuthorities ?? [], encoded: wireAuthorities },
      ),
    )
  }
  if (withheldBecause !== undefined && withheldBecause !== clientCertificate.withheldBecause) {
    differences.push({
      what: 'withheld because',
      expected: withheldBecause,
      observed: clientCertificate.withheldBecause,
    })
  }
  if (presented !== clientCertificate.presented) {
    differences.push({
      what: 'certificate presented',
      expected: presented,
      observed: clientCertificate.withheldBecause ?? clientCertificate.presented,
    })
  }
  return differences
}

/** The server's alert is the sign; one that our own client sent is never the expected one. */
function alertText(alert: ObservedAlert | null): string | null {
  if (alert === null) return null
  return alert.from === 'server' ? alert.description : `${alert.description} (sent by the client)`
}

interface Names {
  /** RFC 4514. */
  readonly texts: readonly string[]
  readonly encoded: readonly Uint8Array[]
}

/** As text where that tells them apart; the same text in another ASN.1 string type shows only in the bytes. */
function namesDifference(expected: Names, observed: Names): Difference {
  return JSON.stringify(expected.texts) === JSON.stringify(observed.texts)
    ? { what: 'CA names, encoded', expected: expected.encoded.map(hex), observed: observed.encoded.map(hex) }
    : { what: 'CA names', expected: expected.texts, observed: observed.texts }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** Order, number and encoding count. */
function sameNames(left: readonly Uint8Array[], right: readonly Uint8Array[]): boolean {
  return (
    left.length === right.length &&
    left.every((name, index) => Buffer.compare(name, right[index] ?? new Uint8Array()) === 0)
  )
}

function describe({ what, expected, observed }: Difference): string {
  return `${what}: expected ${show(expected)}, observed ${show(observed)}`
}

/** A value as reasons show it. */
export function show(value: unknown): string {
  if (value === null) return 'none'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
