/** What IIS Manager calls its choices, and the one of netsh, for situations and policies. */
import type { AccessSslFlag } from '../configuration/access-ssl-flags.ts'

/** "Accept" in IIS Manager, with "Require SSL". */
export const ACCEPT = ['Ssl', 'SslNegotiateCert'] as const satisfies readonly AccessSslFlag[]
/** "Require" in IIS Manager, with "Require SSL". */
export const REQUIRE = [
  'Ssl',
  'SslNegotiateCert',
  'SslRequireCert',
] as const satisfies readonly AccessSslFlag[]

/** The binding asks in the first handshake. */
export const early = { clientcertnegotiation: true } as const
