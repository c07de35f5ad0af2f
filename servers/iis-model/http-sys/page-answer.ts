/** The pipeline's answer as it goes out: its page made of all that is known about the request. */
import type { SiteConfiguration } from '../configuration/settings.ts'
import type { Machine } from '../machine/machine.ts'
import { responseFor } from '../pages/response.ts'
import { serverVariables } from '../pages/server-variables.ts'
import { reasonPhrase } from '../pages/reason-phrases.ts'
import type { HttpAnswer, PipelineRequest } from '../pipeline/request.ts'
import type { Certificate } from '../schannel/certificate.ts'
import type { ClientCertificate } from '../schannel/client-certificate-context.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { Addresses } from './addresses.ts'
import type { TlsConnection } from './tls-connection.ts'

export interface PageSources {
  readonly machine: Machine
  readonly site: SiteConfiguration
  readonly addresses: Addresses
  readonly tls: TlsConnection | null
  /** The site's own. */
  readonly server: Certificate
}

export async function pageAnswer(
  http: HttpAnswer,
  exchange: Exchange,
  { settings }: Pick<PipelineRequest, 'settings'>,
  { machine, site, addresses, tls, server }: PageSources,
): Promise<Answer> {
  const clientCertificate: ClientCertificate | null = (await tls?.clientCertificate()) ?? null
  const { method, target: url, headers, httpVersion } = exchange
  const request = { method, url, headers, httpVersion }
  const { headers: answerHeaders, body } = responseFor(http, {
    machine,
    settings,
    request,
    // Every client of the harness is on this computer, and all of them ask as strangers would: DetailedLocalOnly
    // shows them the static page.
    local: false,
    // Most pages show none of them.
    get variables() {
      return serverVariables({
        machine,
        connection: { ...addresses, tls },
        user: http.user,
        clientCertificate,
        server: tls && server,
        request,
        site,
      })
    },
    site,
    server: tls && server,
  })
  return {
    status: http.status,
    reason: reasonPhrase(http.status),
    headers: answerHeaders,
    page: body,
    close: http.close,
  }
}
