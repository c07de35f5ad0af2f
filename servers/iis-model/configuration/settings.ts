/**
 * IIS's configuration as typed values under its own names: what reading the XML gives, and what a site works by.
 * Reading it is read-configuration.ts; which values apply to a URL is levels.ts.
 */
import type { LogonMethod } from '../machine/accounts.ts'
import type { AccessSslFlag } from './access-ssl-flags.ts'

export interface SiteConfiguration {
  readonly name: string
  readonly id: number
  readonly bindings: readonly Binding[]
  /** `limits@connectionTimeout`, milliseconds. Default two minutes. */
  readonly connectionTimeoutMs: number
  /** Virtual paths of the applications, `/` first. */
  readonly applications: readonly string[]
  /**
   * What applies to a URL path of the site, e.g. `/app/page.asp`: locations, inheritance and files taken together.
   * HTTP.sys has decoded the path and resolved its dots.
   */
  readonly settingsFor: (path: string) => UrlSettings
}

export interface Binding {
  readonly protocol: 'http' | 'https'
  /** `ip:port:host`, as written. */
  readonly bindingInformation: string
  /** `binding@sslFlags`: bits of http-sys/ssl-cert.ts. */
  readonly sslFlags: number
}

export interface UrlSettings {
  readonly access: { readonly sslFlags: readonly AccessSslFlag[] }
  readonly authentication: AuthenticationSettings
  /** `system.webServer/security/authorization`, in order. */
  readonly authorization: readonly AuthorizationRule[]
  readonly httpErrors: { readonly errorMode: 'DetailedLocalOnly' | 'Custom' | 'Detailed' }
  readonly serverRuntime: { /** Bytes. */ readonly uploadReadAheadSize: number }
}

export interface AuthenticationSettings {
  readonly anonymousAuthentication: { readonly enabled: boolean; readonly userName: string }
  readonly basicAuthentication: {
    readonly enabled: boolean
    readonly realm: string
    readonly defaultLogonDomain: string
    readonly logonMethod: LogonMethod
  }
  readonly windowsAuthentication: { readonly enabled: boolean }
  readonly digestAuthentication: { readonly enabled: boolean }
  /** Active Directory mapping. */
  readonly clientCertificateMappingAuthentication: { readonly enabled: boolean }
  /** Read at server and site level only; of deeper levels IIS takes no notice [tc401]. */
  readonly iisClientCertificateMappingAuthentication: IisClientCertificateMapping
}

export interface IisClientCertificateMapping {
  readonly enabled: boolean
  readonly defaultLogonDomain: string
  readonly logonMethod: LogonMethod
  readonly oneToOneCertificateMappingsEnabled: boolean
  readonly manyToOneCertificateMappingsEnabled: boolean
  readonly oneToOneMappings: readonly OneToOneMapping[]
  readonly manyToOneMappings: readonly ManyToOneMapping[]
}

export interface OneToOneMapping {
  readonly enabled: boolean
  readonly userName: string
  readonly password: Password
  /** As written: base64 of DER, if nobody damaged it. */
  readonly certificate: string
}

export interface ManyToOneMapping {
  readonly name: string
  readonly description: string
  readonly enabled: boolean
  readonly permissionMode: 'Allow' | 'Deny'
  readonly userName: string
  readonly password: Password
  readonly rules: readonly ManyToOneRule[]
}

export interface ManyToOneRule {
  readonly certificateField: 'Subject' | 'Issuer'
  readonly certificateSubField: string
  readonly matchCriteria: string
  readonly compareCaseSensitive: boolean
}

/** `unreadable`: `[enc:...]`, encrypted with a key of the machine that it came from; nobody supplied the clear text. */
export type Password = { readonly kind: 'clear'; readonly text: string } | { readonly kind: 'unreadable' }

export interface AuthorizationRule {
  readonly accessType: 'Allow' | 'Deny'
  /** Comma-separated in the file; `*` everybody, `?` anonymous. */
  readonly users: readonly string[]
  readonly roles: readonly string[]
  readonly verbs: readonly string[]
}
