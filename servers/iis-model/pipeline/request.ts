/** A request as the pipeline sees it, and what a step can say to it. The steps are in steps/, their order is pipeline.ts. */
import type { ClientCertificate } from '../schannel/client-certificate-context.ts'
import type { UrlSettings } from '../configuration/settings.ts'
import type { Machine } from '../machine/machine.ts'

export interface PipelineRequest {
  readonly machine: Machine
  readonly settings: UrlSettings
  /** null: plain HTTP. */
  readonly connection: SecureConnection | null
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** The Authorization header. */
  readonly authorization: string | null
  /** The host that the client named, without the port; empty: none. What a challenge calls the realm by default. */
  readonly host: string
  /** Users whom the resource's NTFS permissions deny. Compared without case. */
  readonly deniedByAcl: readonly string[]
}

/** A TLS connection, as far as the pipeline asks about it. */
export interface SecureConnection {
  /** Bits of the symmetric key. */
  readonly cipherBits: number
  /** null: none was sent, or none was asked for yet. */
  clientCertificate(): Promise<ClientCertificate | null>
  /**
   * Sees to it that the client was asked for a certificate on this connection: at once if it was, or by renegotiation
   * or post-handshake authentication now.
   */
  negotiate(): Promise<Negotiation>
}

/**
 * asked: the client was asked, and has answered or has nothing. Otherwise the request gets: too-large 413; http2 a
 * stream reset HTTP_1_1_REQUIRED; reset a TCP reset; not-supported 500.0; gone nothing, the connection has ended.
 */
export type Negotiation = 'asked' | 'too-large' | 'http2' | 'reset' | 'not-supported' | 'gone'

/** What the authentication steps found out, in the words of the log and the server variables. */
export interface AuthenticatedUser {
  /** As configured or typed, e.g. `test` or `DOMAIN\user`; null: anonymous. */
  readonly name: string | null
  /** AUTH_TYPE: `SSL/PCT` for a certificate [corewcf], `Basic`, or empty. */
  readonly authType: 'SSL/PCT' | 'Basic' | ''
}

export type ModuleName =
  | 'IIS Web Core'
  | 'IISCertificateMappingAuthenticationModule'
  | 'CertificateMappingAuthenticationModule'
  | 'BasicAuthenticationModule'
  | 'AnonymousAuthenticationModule'
  | 'UrlAuthorizationModule'
  | 'StaticFileModule'

export type Notification =
  'BeginRequest' | 'AuthenticateRequest' | 'AuthorizeRequest' | 'ExecuteRequestHandler'

/** The end of a request. */
export type IisAnswer = HttpAnswer | { readonly kind: 'reset' | 'http2-reset' | 'gone' }

export interface HttpAnswer {
  readonly kind: 'http'
  readonly status: number
  readonly substatus: number
  readonly hresult: number
  readonly module: ModuleName
  readonly notification: Notification
  /** null: not yet determined. */
  readonly user: AuthenticatedUser | null
  /** WWW-Authenticate values. */
  readonly challenges: readonly string[]
  /** The connection ends after it. */
  readonly close: boolean
}
