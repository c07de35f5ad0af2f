/** Active Directory as far as mapping a client certificate to a user needs it [schreg] [pkca]. */
import type { Certificate } from '../schannel/certificate.ts'

export interface DirectoryUser {
  /** `DOMAIN\name`, as the log shows it. */
  readonly account: string
  readonly userPrincipalName: string
  /** e.g. `X509:<I>DC=com,CN=CA<S>CN=alice`, `X509:<SKI>…`, `X509:<SHA1-PUKEY>…`. */
  readonly altSecurityIdentities: readonly string[]
  /** e.g. `S-1-5-21-1-2-3-1104`. */
  readonly objectSid: string
}

export interface Directory {
  readonly users: readonly DirectoryUser[]
  /** The enterprise NTAuth store: CAs that may issue logon certificates. */
  readonly ntAuth: readonly Certificate[]
  /** StrongCertificateBindingEnforcement of the domain controllers: 0 off, 1 compatibility, 2 full enforcement. */
  readonly strongCertificateBindingEnforcement: 0 | 1 | 2
}
