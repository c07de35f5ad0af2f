/** The ordered messages of one connection, both directions. Made by harness/wire/dissect. */
import type { HandshakeMessage } from './handshake-message.ts'
import type { Peer } from './tls.ts'

export interface Alert {
  readonly level: 'warning' | 'fatal' | number
  /** The IANA name, or `alert_<number>`. */
  readonly description: string
  readonly code: number
}

export type Content =
  | { readonly kind: 'handshake'; readonly message: HandshakeMessage }
  | { readonly kind: 'alert'; readonly alert: Alert }
  | { readonly kind: 'change_cipher_spec' }
  | { readonly kind: 'application_data'; readonly bytes: Uint8Array }
  /** Protected records without a key, unknown content types, and undecodable rests. */
  | {
      readonly kind: 'opaque'
      readonly contentType: number
      readonly bytes: Uint8Array
      readonly why: string
    }

export interface TranscriptEntry {
  readonly from: Peer
  /** Inside record protection on the wire. */
  readonly encrypted: boolean
  /** Bytes from the start of the flow to the record in which this entry ends. */
  readonly flowOffset: number
  readonly content: Content
}

export interface TranscriptProblem {
  readonly code: string
  readonly message: string
  /** e.g. `server flow, record header at byte 1312`. */
  readonly where: string
}

export interface Transcript {
  /** In the order seen across both flows. */
  readonly entries: readonly TranscriptEntry[]
  /** The negotiated version, e.g. `TLSv1.3`; null when no ServerHello was seen. */
  readonly version: string | null
  /** The negotiated suite's IANA name; null when no ServerHello was seen. */
  readonly cipherSuite: string | null
  /** What could not be read, in order. An empty list means that every byte was understood. */
  readonly problems: readonly TranscriptProblem[]
}
