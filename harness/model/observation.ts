/** What was measured in one cell: the `observed` of the JSON report. Fields that do not apply are null. */
import type { Reason } from './refusal.ts'
import type { Peer } from './tls.ts'

/** How the connection ended, as the client's side saw it. */
export type ClosedBy = 'fin' | 'rst' | 'client' | 'timeout'

export interface ObservedAlert {
  readonly from: Peer
  /** The IANA name. */
  readonly description: string
  readonly code: number
  /** Before or after the client's last Finished of the first handshake. */
  readonly when: 'before-client-finished' | 'after-client-finished'
  /** Whether the peer's TLS stack reported it: a RST can overtake an alert. */
  readonly received: boolean
}

export interface ObservedHandshake {
  /** The client sent its Finished message. */
  readonly clientFinished: boolean
  /** e.g. `TLSv1.3`; null when no ServerHello was seen. */
  readonly version: string | null
  /** The IANA name. */
  readonly cipherSuite: string | null
  /** The first alert that is not close_notify. */
  readonly alert: ObservedAlert | null
  readonly closedBy: ClosedBy
}

export interface ObservedCertificateRequest {
  readonly when: 'handshake' | 'late'
  /** RFC 4514 strings in the order sent. */
  readonly certificateAuthorities: readonly string[]
  /** IANA names, e.g. `rsa_pss_rsae_sha256`. */
  readonly signatureSchemes: readonly string[]
  /** TLS 1.2 only, e.g. `rsa_sign`. */
  readonly certificateTypes: readonly string[]
}

export interface ObservedClientCertificate {
  readonly presented: boolean
  readonly chainLength: number
  /** Why an identity that exists was not sent: `not-requested`, `no-signature-algorithm`, or why no browser offers it; null otherwise. */
  readonly withheldBecause: string | null
}

export interface ObservedHttp {
  readonly status: number
  readonly substatus: number | null
  readonly substatusFrom: 'body' | 'header' | 'log' | null
  readonly reason: string
}

export interface ObservedServerLog {
  readonly win32: number | null
  readonly user: string | null
  readonly verify: string | null
  /** The server's own line for this connection. */
  readonly line: string
}

export interface Observation {
  /** The request was answered as for a welcome client (HTTP 2xx). */
  readonly accepted: boolean
  /** null when accepted; `unrecognised` when the server's words are in no table. */
  readonly refusal: Reason | 'unrecognised' | null
  readonly handshake: ObservedHandshake
  /** null: the server did not ask. */
  readonly certificateRequest: ObservedCertificateRequest | null
  readonly clientCertificate: ObservedClientCertificate
  readonly http: ObservedHttp | null
  /** The HTTP/2 error code that the request's stream was reset with, e.g. `HTTP_1_1_REQUIRED`. */
  readonly http2Reset: string | null
  readonly serverLog: ObservedServerLog | null
}
