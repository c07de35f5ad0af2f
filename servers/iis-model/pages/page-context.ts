/** What a page can be made of. */
import type { UrlSettings } from '../configuration/settings.ts'
import type { Machine } from '../machine/machine.ts'
import type { Certificate } from '../schannel/certificate.ts'
import type { ServerVariables } from './server-variables.ts'

export interface PageRequest {
  readonly method: string
  /** The request target as it came. */
  readonly url: string
  /** As node has them; with HTTP/2, pseudo-headers too. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

export interface PageSite {
  readonly name: string
  readonly id: number
}

export interface PageContext {
  readonly machine: Pick<Machine, 'profile'>
  /** Those of the request's URL. */
  readonly settings: Pick<UrlSettings, 'httpErrors'>
  readonly request: PageRequest
  /** The client is on this computer: then DetailedLocalOnly shows the detailed page. */
  readonly local: boolean
  readonly variables: ServerVariables
  readonly site: PageSite
  /** The site's certificate; null for plain HTTP. */
  readonly server: Certificate | null
}

export interface PageResponse {
  readonly headers: Record<string, string | string[]>
  readonly body: string
}
