/**
 * A server under test: the kind (`ServerBackend`) and the running thing (`StartedServer`).
 * One start serves all policies, each on its own endpoint.
 */
import type { Answers, ControlAnswer, Signs } from './answer.ts'
import type { Availability } from './availability.ts'
import type { AuthorityName, Pki } from './identity.ts'
import type { ObservedHttp, ObservedServerLog } from './observation.ts'
import type { Policy } from './policy.ts'
import type { Reason } from './refusal.ts'
import type { TlsVersion } from './tls.ts'

/** Where a server runs: inside this process, as a child process, or in a container. */
export type Backend = 'embedded' | 'native' | 'container'
export const backends = ['embedded', 'native', 'container'] as const satisfies readonly Backend[]

/** Something that a peer may or may not be able to do; the planner skips a cell that needs a missing one. */
export type Feature = 'tls1.2' | 'tls1.3' | (string & {})

/** The first `crowd` members of Pki.crowd, after those authorities: for lists that are long. */
export interface CrowdNames {
  readonly authorities: readonly AuthorityName[]
  readonly crowd: number
}

/** A policy with what this product answers under it. */
export interface PolicyUnderTest<P extends Policy = Policy> {
  readonly policy: P
  /** null: no CertificateRequest. Otherwise the CAs whose names it carries, in order. */
  readonly certificateAuthorities: readonly AuthorityName[] | CrowdNames | null
  readonly answers: Answers | ControlAnswer
}

export interface Endpoint {
  readonly host: string
  readonly port: number
  /** The same site in the clear, where the policy has such a binding. */
  readonly httpPort?: number
  /** For SNI and for checking the server's certificate. */
  readonly servername: string
}

export interface StartOptions<P extends Policy = Policy> {
  readonly backend: Backend
  readonly policies: readonly P[]
  readonly pki: Pki
  /** An existing private directory for configuration, keys and logs; its owner removes it. */
  readonly directory: string
  /** Aborts the start. */
  readonly signal: AbortSignal
  /** The address to listen on; 127.0.0.1 when absent. */
  readonly host?: string
  /** By policy name; any free port where absent. */
  readonly ports?: ReadonlyMap<string, number>
  /** Called with every line of the server's own log and, where there is one, what it means; not every server does it. */
  readonly onLogLine?: OnLogLine
}

export type OnLogLine = (line: string, meaning: string | null) => void

/** A file of the product's own configuration. */
export interface ConfigurationFile {
  /** As the user gave it, for messages. */
  readonly path: string
  readonly text: string
}

export interface ServeOptions extends Pick<StartOptions, 'pki' | 'directory' | 'signal' | 'host'> {
  /** In the product's own format. */
  readonly configuration: readonly ConfigurationFile[]
  /** What the product's configuration does not say about its surroundings, in a format of the product's folder. */
  readonly surroundings: ConfigurationFile | null
  /** Which of several sites; null: the only one, or the first with HTTPS. */
  readonly site: string | null
  readonly port: number
  readonly onLogLine: OnLogLine
}

/** A server that runs by somebody's own configuration. */
export interface ServedConfiguration extends AsyncDisposable {
  readonly title: string
  readonly endpoint: Endpoint
  /** What was read and does not count here, and what had to be assumed; each with its place. */
  readonly notes: readonly string[]
  readonly died: Promise<string>
}

/** How a connection is found again in a server's log. */
export interface ConnectionKey {
  readonly policy: string
  /** Stands in the request's query: `GET /?cell=<nonce>`. */
  readonly nonce: string
  /** The client's TCP port as the server sees it; null where addresses are translated (containers). */
  readonly clientPort: number | null
}

/** What a server's own log says about one connection; null fields are not in this server's log. */
export interface ServerLogEntry extends ObservedServerLog {
  readonly status: number | null
  readonly substatus: number | null
}

/** The HTTP answer as the client got it. */
export interface HttpAnswer {
  readonly status: number
  readonly reason: string
  readonly headers: Readonly<Record<string, string>>
  /** The first 64 KiB. */
  readonly body: string
}

export interface StartedServer extends AsyncDisposable {
  readonly version: string
  readonly tlsLibrary: string
  /** By policy name. */
  readonly endpoints: ReadonlyMap<string, Endpoint>
  /**
   * The log entry for a connection that has ended; null when the server wrote none by the time the signal aborts
   * or when it is known to write none.
   */
  serverLog(connection: ConnectionKey, signal: AbortSignal): Promise<ServerLogEntry | null>
  /** Settles with a description if the server ends before it is disposed; stays pending otherwise. */
  readonly died: Promise<string>
}

export interface ServerBackend<P extends Policy = Policy> {
  readonly name: string
  /** Other names that the command line takes for it. */
  readonly aliases?: readonly string[]
  readonly title: string
  /** Left out of a run that names no servers: another version of one that is in it. */
  readonly onRequest?: true
  /** In the order that `--backend auto` tries them; `auto` leaves containers out. */
  readonly backends: readonly Backend[]
  readonly features: ReadonlySet<Feature>
  readonly tls: readonly TlsVersion[]
  readonly policies: readonly PolicyUnderTest<P>[]
  probe(backend: Backend): Promise<Availability>
  /** @throws HarnessError ERR_SERVER_START with the program's last words. */
  start(options: StartOptions<P>): Promise<StartedServer>
  /** For products whose configuration files can be read. @throws HarnessError with file and line. */
  readonly serve?: (options: ServeOptions) => Promise<ServedConfiguration>
  /** The substatus that the answer itself shows, if this product shows one. */
  substatusOf(answer: HttpAnswer): Pick<ObservedHttp, 'substatus' | 'substatusFrom'> | null
  /** The reasons that these signs can mean, by this product's table; empty when they are in no table. */
  reasonsFor(signs: Signs): readonly Reason[]
}
