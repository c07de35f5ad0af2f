/**
 * A situation: one IIS site on one computer, in neutral parts. It is data that policies are made of; situation-xml.ts
 * turns it into the applicationHost.config that the site is then started from, and situation-machine.ts into the computer.
 */
import type { AuthorityName } from '../../harness/model/identity.ts'
import type { AccessSslFlag } from './configuration/access-ssl-flags.ts'
import type { AuthorizationRule } from './configuration/settings.ts'
import type { SslCert } from './http-sys/ssl-cert.ts'
import type { Account, LogonMethod } from './machine/accounts.ts'
import type { SchannelRegistry } from './machine/registry.ts'

export interface Situation {
  /** `access@sslFlags` of the whole site. */
  readonly sslFlags: readonly AccessSslFlag[]
  /** Differences from netsh's defaults. */
  readonly sslcert?: Partial<SslCert>
  /** Differences from the profile's defaults. */
  readonly registry?: Partial<SchannelRegistry>
  readonly stores?: StoreContents
  /** anonymousAuthentication, true when absent. */
  readonly anonymous?: boolean
  /** basicAuthentication, false when absent. */
  readonly basic?: boolean
  readonly mapping?: MappingSituation
  /** clientCertificateMappingAuthentication with these users. */
  readonly directory?: DirectorySituation
  /** Absent: every configured account exists with the configured password. */
  readonly accounts?: readonly Account[]
  readonly authorization?: readonly AuthorizationRule[]
  /** Users whom NTFS denies. */
  readonly deniedByAcl?: readonly string[]
  readonly connectionTimeoutMs?: number
  /** A binding for plain HTTP too. */
  readonly http?: true
  /** Cipher suites that an administrator has added to Schannel's own, in OpenSSL's spelling. */
  readonly extraCipherSuites?: readonly string[]
  /** What CryptoAPI has in its cache of every distribution point that is reachable, before the first request. Absent: nothing. */
  readonly cachedCrls?: 'current' | 'stale'
}

/** By authority. Absent stores: Root holds the policy's trust, CA holds root-b, the others are empty. */
export interface StoreContents {
  readonly Root?: readonly AuthorityName[]
  readonly CA?: readonly AuthorityName[]
  readonly ClientAuthIssuer?: readonly AuthorityName[]
  /** Roots that only CurrentUser\Root has, which count for nothing [newbe]. */
  readonly currentUserRoot?: readonly AuthorityName[]
  /** How many of Pki.crowd Root holds besides. */
  readonly crowdInRoot?: number
  /** Members of the CTL named `ctl`. */
  readonly trustList?: readonly AuthorityName[]
}

export interface MappingSituation {
  /** Where the section stands: `application` is a level that IIS ignores. `site` when absent. */
  readonly level?: 'site' | 'application'
  readonly enabled?: boolean
  readonly logonMethod?: LogonMethod
  readonly defaultLogonDomain?: string
  readonly oneToOne?: readonly OneToOneSituation[]
  readonly manyToOne?: readonly ManyToOneSituation[]
}

export interface OneToOneSituation {
  /** The identity whose certificate the entry holds. */
  readonly identity: string
  readonly damage?: 'truncated' | 'garbled' | 'pem-armour' | 'line-breaks'
  readonly enabled?: boolean
  readonly userName: string
  readonly password: string
}

export interface ManyToOneSituation {
  readonly name: string
  readonly permissionMode?: 'Allow' | 'Deny'
  readonly userName: string
  readonly password: string
  readonly rules: readonly {
    readonly certificateField: 'Subject' | 'Issuer'
    readonly certificateSubField: string
    readonly matchCriteria: string
    readonly compareCaseSensitive?: boolean
  }[]
}

export interface DirectorySituation {
  readonly ntAuth: readonly AuthorityName[]
  readonly strongCertificateBindingEnforcement: 0 | 1 | 2
  readonly users: readonly {
    readonly account: string
    readonly userPrincipalName?: string
    readonly objectSid?: string
    /** altSecurityIdentities that are made from an identity's certificate, by their form. */
    readonly altSecurityIdentities?: readonly {
      readonly form: 'I-S' | 'S' | 'RFC822' | 'I-SR' | 'SKI' | 'SHA1-PUKEY'
      readonly identity: string
    }[]
  }[]
}
