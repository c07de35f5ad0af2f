/** A client that replays an identity against an endpoint, and what it reports. */
import type { Availability } from './availability.ts'
import type { Segment } from './capture.ts'
import type { Identity } from './identity.ts'
import type { ClosedBy } from './observation.ts'
import type { Endpoint, Feature, HttpAnswer } from './server.ts'
import type { TlsVersion } from './tls.ts'

/** What a client sends and how it behaves. Every field has the ordinary value when absent. */
export interface RequestSpec {
  /** `http`: in the clear, to the endpoint's httpPort. */
  readonly scheme?: 'https' | 'http'
  readonly http?: '1.1' | '2'
  readonly method?: 'GET' | 'POST'
  /** Without the query, which belongs to the harness. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Bytes of the request body, announced by Content-Length. */
  readonly bodyBytes?: number
  /** To a HelloRequest of TLS 1.2: answer it, send no_renegotiation, or say nothing. */
  readonly renegotiation?: 'answer' | 'refuse' | 'ignore'
  /** The only cipher suites offered, in OpenSSL's spelling. */
  readonly ciphers?: readonly string[]
}

/** The features that a request needs of a client beyond TLS itself; the planner skips where one is missing. */
export function featuresOf(request: RequestSpec): readonly Feature[] {
  const needs: readonly [boolean, Feature][] = [
    [request.scheme === 'http', 'plain-http'],
    [request.http === '2', 'http2'],
    [(request.bodyBytes ?? 0) > 0, 'request-body'],
    [request.renegotiation === 'refuse', 'refuse-renegotiation'],
    [request.renegotiation === 'ignore', 'ignore-renegotiation'],
    [request.ciphers !== undefined, 'cipher-suites'],
  ]
  return needs.flatMap(([needed, feature]) => (needed ? [feature] : []))
}

export interface ClientRequest {
  readonly endpoint: Endpoint
  readonly tls: TlsVersion
  readonly identity: Identity
  /** The origin-form request target, e.g. `/?cell=8f3a`. */
  readonly target: string
  /** Absent: a GET over HTTP/1.1 and TLS. */
  readonly request?: RequestSpec
  /** Aborts when the cell's deadline passes: the client then reports `closedBy: 'timeout'`. */
  readonly signal: AbortSignal
}

/** What the client program itself says about the handshake: a second opinion on our dissector. */
export interface ClientClaims {
  readonly certificateRequested: boolean
  /** RFC 4514 strings in the order printed. */
  readonly certificateAuthorities: readonly string[]
  /** IANA name of the alert that it received. */
  readonly alert: string | null
  /** Whether it printed an HTTP 2xx answer. */
  readonly accepted: boolean
}

export interface ClientReport {
  /** Both flows in the order seen. */
  readonly segments: readonly Segment[]
  /** NSS key log lines; '' when the handshake did not get that far. */
  readonly keyLog: string
  readonly closedBy: ClosedBy
  readonly http: HttpAnswer | null
  /** The name of the HTTP/2 error code that the server reset the stream with, e.g. `HTTP_1_1_REQUIRED`. */
  readonly http2Reset?: string | null
  /** What the TLS stack reported, e.g. code `ERR_SSL_TLSV1_ALERT_UNKNOWN_CA`; null without an error. */
  readonly error: { readonly code: string; readonly message: string } | null
  /** The alert number that the client's TLS stack says it received. */
  readonly alertReceived: number | null
  /** The client's TCP port as the server sees it; null when it never connected. */
  readonly clientPort: number | null
  readonly claims: ClientClaims | null
}

export interface ConnectedClient extends AsyncDisposable {
  /** Never rejects for anything that a server does. */
  connect(request: ClientRequest): Promise<ClientReport>
}

export interface Client {
  readonly name: string
  readonly title: string
  readonly features: ReadonlySet<Feature>
  probe(): Promise<Availability>
  /** Prepares what is shared by all cells; `directory` is private and removed by its owner. */
  open(directory: string): Promise<ConnectedClient>
}
