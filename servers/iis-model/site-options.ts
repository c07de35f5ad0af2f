/** What a site is made from, and what can be asked of a running one. It is started by site.ts. */
import type { Identity } from '../../harness/model/identity.ts'
import type { ConnectionKey, ServerLogEntry } from '../../harness/model/server.ts'
import type { SiteConfiguration } from './configuration/settings.ts'
import type { SslCert } from './http-sys/ssl-cert.ts'
import type { Machine } from './machine/machine.ts'
import type { RevocationChecker } from './schannel/revocation-checker.ts'

export interface SiteOptions {
  readonly machine: Machine
  readonly site: SiteConfiguration
  readonly sslCert: SslCert
  /** The site's own certificate. */
  readonly server: Identity
  /** The parent of the log folder, W3SVC<id>; private, and removed by its owner. */
  readonly directory: string
  readonly revocation: RevocationChecker
  /** Any free port for what is absent; the ports of bindingInformation are those of the real machine. */
  readonly ports?: { readonly https?: number; readonly http?: number }
  /** 127.0.0.1 when absent. */
  readonly host?: string
  /** Users whom NTFS denies everything. */
  readonly deniedByAcl?: readonly string[]
  /** In OpenSSL's spelling. */
  readonly extraCipherSuites?: readonly string[]
  /** Epoch milliseconds. */
  readonly now?: () => number
  /** Called when the site can no longer do its work. */
  onFailure?(reason: string): void
  /** Called with each line of the W3C log. */
  onLogLine?(line: string): void
}

export interface Site extends AsyncDisposable {
  /** Of the https binding; 0 without one. */
  readonly port: number
  /** null without an http binding. */
  readonly httpPort: number | null
  /** As StartedServer.serverLog. */
  serverLog(connection: ConnectionKey, signal: AbortSignal): Promise<ServerLogEntry | null>
}
