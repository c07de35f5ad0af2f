/** Turns what was captured in one cell into an Observation: only what was measured, nothing inferred from the plan. */
import type { ClientReport } from '../model/client.ts'
import type { CertificateRequest, HandshakeMessage } from '../model/handshake-message.ts'
import type { Observation, ObservedAlert, ObservedHttp } from '../model/observation.ts'
import type { RefusalReason } from '../model/refusal.ts'
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
  readonly expectedReason: RefusalReason | null
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
    serverLog: log && { win32: log.win32, user: log.user, verify: log.verify, line: log.line },
  }
}

/** The names of the first CertificateRequest as they stood on the wire; null without one. */
export function requestedAuthorities(transcript: Transcript): readonly Uint8Array[] | null {
  const request = firstMessage(transcript, 'server', 'certificate_request') as CertificateRequest | null
  return request && request.certificateAuthorities.map(({ der }) => der)
}

/** The first message of this type, from this side; null without one. */
export function firstMessage(
  transcript: Transcript,
  from: Peer,
  type: HandshakeMessage['type'],
): HandshakeMessage | null {
  return messageAt(transcript, indexOfMessage(transcript, from, type))
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

/** The first alert that ends something: close_notify and user_canceled only say that a side is done. */
function alertOf(transcript: Transcript, finishedAt: number, report: ClientReport): ObservedAlert | null {
  for (const [index, { from, content }] of transcript.entries.entries()) {
    if (content.kind !== 'alert') continue
    const { description, code } = content.alert
    if (description === 'close_notify' || description === 'user_canceled') continue
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
  { transcript, hasCertificate }: Measured,
  request: CertificateRequest | null,
): Observation['clientCertificate'] {
  const message = firstMessage(transcript, 'client', 'certificate')
  const chainLength = message?.type === 'certificate' ? message.entries.length : 0
  return {
    presented: chainLength > 0,
    chainLength,
    withheldBecause: !hasCertificate || chainLength > 0 ? null : withheldBecause(message, request),
  }
}

/** A forced client that was asked and answers with an empty list had no signature scheme in common (RFC 8446 §4.4.2.3). */
function withheldBecause(message: HandshakeMessage | null, request: CertificateRequest | null): string {
  if (request === null) return 'not-requested'
  return message === null ? 'handshake-ended' : 'no-signature-algorithm'
}

function refusalOf(
  { server, log, expectedReason }: Measured,
  alert: ObservedAlert | null,
  http: ObservedHttp | null,
): RefusalReason | 'unrecognised' {
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
