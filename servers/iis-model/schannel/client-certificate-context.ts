/** What HTTP.sys keeps of a connection's client certificate. Judging it is client-certificate-judge.ts. */
import type { Certificate } from './certificate.ts'

export interface ClientCertificate {
  /** The end entity certificate; null when node:crypto cannot make sense of what OpenSSL took. */
  readonly certificate: Certificate | null
  /** The whole chain as far as it was built, end entity first: what Active Directory mapping needs. */
  readonly chain: readonly Certificate[]
  /** HRESULT; S_OK for a good certificate [certinfo]. */
  readonly verdict: number
  /** The user that the DS mapper found, `DOMAIN\name`; null without one. */
  readonly directoryUser: string | null
}
