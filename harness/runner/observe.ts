/** Turns what was captured in one cell into an Observation: only what was measured, nothing inferred from the plan. */
import type { ClientReport } from '../model/client.ts'
import type { Certificate, CertificateRequest, HandshakeMessage } from '../model/handshake-message.ts'
import type { Observation, ObservedAlert, ObservedHttp } from '../model/observation.ts'
import type { Reason } from '../model/refusal.ts'
import type { ServerBackend, ServerLogEntry } from '../model/server.ts'
import type { Peer } from '../model/tls.ts'
import type { Transcript } from '../model/transcript.ts'

export interface Measured {
  readonly report: ClientReport
  readonly transcript: Transcript
  readonly log: ServerLogEntry | null
  readonly server: Pick<ServerBackend, 'reasonsFor' | 'substatusOf'>
  /** The identity has a certificate to present. */
  readonly hasCertificate: boolean
  /** Where the server's words fit several reasons, the one that this cell is about. */
  readonly expectedReason: Reason | null
  /** Why the client was given nothing to present although there is a certificate; null: it was given it. */
  readonly notOffered: string | null
}

export function observe(measured: Measured): Observation {
  const { report, transcript, log } = measured
  const requestAt = indexOfMessage(transcript, 'server', 'certificate_request')
  const finishedAt = indexOfMessage(transcript, 'client', 'finished')
  const request = messageAt(transcript, requestAt) as CertificateRequest | null
  const alert = alertOf(transcript, finishedAt, report)
  const http = httpOf(measured)
  const accepted = http !== null && http.status >= 200 && http.status < 300
  return {
    accepted,
    refusal: accepted ? null : refusalOf(measured, alert, http),
    handshake: {
      clientFinished: finishedAt !== -1,
      version: transcript.version,
      cipherSuite: transcript.cipherSuite,
      alert,
      closedBy: report.closedBy,
    },
    certificateRequest: request && {
      when: finishedAt !== -1 && requestAt > finishedAt ? 'late' : 'handshake',
      certificateAuthorities: request.certificateAuthorities.map(({ text }) => text),
      signatureSchemes: request.signatureSchemes,
      certificateTypes: request.certificateTypes,
    },
    clientCertificate: clientCertificateOf(measured, request),
    http,
    http2Reset: report.http2Reset ?? null,
    serverLog: log && { win32: log.win32, user: log.user, verify: log.verify, line: log.line },
  }
}

/** The first CertificateRequest, in the handshake or late; null without one. */
export function firstRequest(transcript: Transcript): CertificateRequest | null {
  const at = indexOfMessage(transcript, 'server', 'certificate_request')
  return messageAt(transcript, at) as CertificateRequest | null
}

/** Its names as they stood on the wire; null without one. */
export function requestedAuthorities(transcript: Transcript): readonly Uint8Array[] | null {
  return firstRequest(transcript)?.certificateAuthorities.map(({ der }) => der) ?? null
}

function indexOfMessage(transcript: Transcript, from: Peer, type: HandshakeMessage['type']): number {
  return transcript.entries.findIndex(
    (entry) =>
      entry.from === from && entry.content.kind === 'handshake' && entry.content.message.type === type,
  )
}

function messageAt(transcript: Transcript, index: number): HandshakeMessage | null {
  const content = transcript.entries[index]?.content
  return content?.kind === 'handshake' ? content.message : null
}

/** The first alert that ends something. */
function alertOf(transcript: Transcript, finishedAt: number, report: ClientReport): ObservedAlert | null {
  for (const [index, { from, content }] of transcript.entries.entries()) {
    if (content.kind !== 'alert') continue
    const { description, code } = content.alert
    if (endsNothing(from, description)) continue
    return {
      from,
      description,
      code,
      when: finishedAt !== -1 && index > finishedAt ? 'after-client-finished' : 'before-client-finished',
      // What the server received only the server knows; its log says so where it says anything.
      received: from === 'server' && report.alertReceived === code,
    }
  }
  return null
}

/**
 * close_notify and user_canceled only say that a side is done. no_renegotiation is always a warning (RFC 5246 §7.2.2);
 * a client that sends it was told to, and what the server says to that is the sign.
 */
function endsNothing(from: Peer, description: string): boolean {
  const isOwnRefusal = from === 'client' && description === 'no_renegotiation'
  return description === 'close_notify' || description === 'user_canceled' || isOwnRefusal
}

function httpOf({ report: { http }, log, server }: Measured): ObservedHttp | null {
  if (http === null) return null
  const shown = server.substatusOf(http)
  const logged = log?.substatus == null ? null : ({ substatus: log.substatus, substatusFrom: 'log' } as const)
  return {
    status: http.status,
    reason: http.reason,
    ...(shown ?? logged ?? { substatus: null, substatusFrom: null }),
  }
}

function clientCertificateOf(
  { transcript, hasCertificate, notOffered }: Measured,
  request: CertificateRequest | null,
): Observation['clientCertificate'] {
  const messages = certificatesFrom(transcript, 'client')
  const chainLength = Math.max(0, ...messages.map(({ entries }) => entries.length))
  const wasAnswered = messages.length > 0
  return {
    presented: chainLength > 0,
    chainLength,
    withheldBecause:
      !hasCertificate || chainLength > 0 ? null : withheldBecause(request, notOffered, wasAnswered),
  }
}

/** Every Certificate message of a side: a renegotiation brings a second one. */
export function certificatesFrom(transcript: Transcript, from: Peer): readonly Certificate[] {
  return transcript.entries.flatMap((entry) =>
    entry.from === from && entry.content.kind === 'handshake' && entry.content.message.type === 'certificate'
      ? [entry.content.message]
      : [],
  )
}

/** A forced client that was asked and answers with an empty list had no signature scheme in common (RFC 8446 §4.4.2.3). */
function withheldBecause(
  request: CertificateRequest | null,
  notOffered: string | null,
  wasAnswered: boolean,
): string {
  if (request === null) return 'not-requested'
  return notOffered ?? (wasAnswered ? 'no-signature-algorithm' : 'handshake-ended')
}

function refusalOf(
  { server, log, expectedReason }: Measured,
  alert: ObservedAlert | null,
  http: ObservedHttp | null,
): Reason | 'unrecognised' {
  const reasons = server.reasonsFor({
    alert: alert?.from === 'server' ? alert.description : null,
    status: http?.status ?? null,
    substatus: http?.substatus ?? null,
    win32: log?.win32 ?? null,
    verify: log?.verify ?? null,
    user: log?.user ?? null,
  })
  if (expectedReason !== null && reasons.includes(expectedReason)) return expectedReason
  return reasons[0] ?? 'unrecognised'
}
