/** Contexts for the tests of pages: one request of a profile, with changes. */
import { profiles } from '../../profiles.ts'
import type { ProfileName } from '../../profiles.ts'
import type { HttpAnswer } from '../../pipeline/request.ts'
import type { PageContext } from '../page-context.ts'
import { serverVariables } from '../server-variables.ts'
import type { VariableSources } from '../server-variables.ts'

export const profileOf = (name: ProfileName) => profiles.find((profile) => profile.name === name)!

/** 403.16 of an untrusted root, the page that was published. */
export const untrusted: HttpAnswer = {
  kind: 'http',
  status: 403,
  substatus: 16,
  hresult: 0x800b0109,
  module: 'IIS Web Core',
  notification: 'BeginRequest',
  user: null,
  challenges: [],
  close: false,
}

export const served: HttpAnswer = {
  ...untrusted,
  status: 200,
  substatus: 0,
  hresult: 0,
  module: 'StaticFileModule',
  notification: 'ExecuteRequestHandler',
  user: { name: null, authType: '' },
}

export const sources: VariableSources = {
  machine: { profile: profileOf('iis-10') },
  connection: {
    localAddress: '127.0.0.1',
    localPort: 443,
    remoteAddress: '127.0.0.1',
    remotePort: 50_000,
    tls: { protocol: 'TLSv1.2', cipherSuite: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', cipherBits: 256 },
  },
  user: null,
  clientCertificate: null,
  server: null,
  request: { method: 'GET', url: '/?cell=1', headers: { host: 'localhost' } },
  site: { name: 'Default Web Site', id: 1 },
}

export interface Changes {
  readonly profile?: ProfileName
  readonly errorMode?: PageContext['settings']['httpErrors']['errorMode']
  readonly local?: boolean
  readonly url?: string
  readonly headers?: PageContext['request']['headers']
  readonly site?: string
  readonly sources?: Partial<VariableSources>
}

export function contextOf(changes: Changes = {}): PageContext {
  const profile = profileOf(changes.profile ?? 'iis-10')
  const request = {
    method: 'GET',
    url: changes.url ?? sources.request.url,
    headers: changes.headers ?? sources.request.headers,
  }
  const site = { name: changes.site ?? sources.site.name, id: 1 }
  return {
    machine: { profile },
    settings: { httpErrors: { errorMode: changes.errorMode ?? 'DetailedLocalOnly' } },
    request,
    local: changes.local ?? true,
    variables: serverVariables({ ...sources, machine: { profile }, request, site, ...changes.sources }),
    site,
    server: null,
  }
}

/** Everything that has ended somebody's page, log or terminal. */
export const hostile =
  '"><script>alert(1)</script><h2>HTTP Error 403.99 - \'&amp; \r\nX: y\0\x1b[2J\u202e\u2028\x85\ud800'
