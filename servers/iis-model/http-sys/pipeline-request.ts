/** A request of HTTP.sys as the pipeline sees it. */
import type { SiteConfiguration } from '../configuration/settings.ts'
import type { Machine } from '../machine/machine.ts'
import type { PipelineRequest, SecureConnection } from '../pipeline/request.ts'
import { hostNamed } from '../request-target.ts'
import type { Exchange } from './exchange.ts'
import { negotiate } from './late-negotiation.ts'
import { requestPath } from './request-path.ts'
import type { TlsConnection } from './tls-connection.ts'

export interface RequestSources {
  readonly machine: Machine
  readonly site: SiteConfiguration
  readonly deniedByAcl: readonly string[]
  /** null: plain HTTP. */
  readonly tls: TlsConnection | null
}

/** null: the URL is malformed. */
export function pipelineRequest(exchange: Exchange, sources: RequestSources): PipelineRequest | null {
  const { machine, site, deniedByAcl, tls } = sources
  const path = requestPath(exchange.target)
  if (path === null) return null
  const settings = site.settingsFor(path)
  const secureConnection = (connection: TlsConnection): SecureConnection => ({
    get cipherBits() {
      return connection.cipherBits
    },
    clientCertificate: () => connection.clientCertificate(),
    negotiate: () =>
      negotiate({
        connection,
        exchange,
        uploadReadAheadSize: settings.serverRuntime.uploadReadAheadSize,
        withoutPostHandshakeAuth: machine.profile.withoutPostHandshakeAuth,
      }),
  })
  return {
    machine,
    settings,
    connection: tls && secureConnection(tls),
    method: exchange.method,
    path,
    authorization: exchange.headers.authorization ?? null,
    host: hostNamed(exchange.headers),
    deniedByAcl,
  }
}
