/**
 * Where the CRLs of a run are: cRLDistributionPoints names these URLs (RFC 5280 §4.2.1.13), and a distribution point
 * serves them. Issuing is harness/pki, serving is harness/process/distribution-point.ts.
 */
import type { AuthorityName, CrlKind } from './identity.ts'

/** A distribution point that nobody serves: port 1 is tcpmux (RFC 1078), which a machine of today does not run. */
export const NOBODY_SERVES = 'http://127.0.0.1:1'

/** A CRL that can be had. */
export type ServedCrl = Exclude<CrlKind, 'unreachable'>

/** Below the distribution point. */
export function crlPath(authority: AuthorityName, kind: ServedCrl): string {
  return kind === 'stale' ? `/stale/${authority}.crl` : `/${authority}.crl`
}

export function crlUrl(distributionPoint: string, authority: AuthorityName, kind: CrlKind): string {
  return kind === 'unreachable'
    ? `${NOBODY_SERVES}${crlPath(authority, 'current')}`
    : `${distributionPoint}${crlPath(authority, kind)}`
}
