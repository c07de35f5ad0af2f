/** Whether the issuers in a chain are CAs that may stand where they stand. RFC 5280 §4.2.1.9. */
import { isSelfIssued } from './certificate.ts'
import type { Chain } from './chain.ts'

/** Every certificate above the end entity is a CA's, and its pathLenConstraint is kept. */
export function issuersMayIssue({ elements, end }: Chain): boolean {
  let intermediatesBelow = 0
  return elements.slice(1).every((issuer, index) => {
    const isTrustAnchor = end === 'trusted-root' && index === elements.length - 2
    const below = intermediatesBelow
    if (!isSelfIssued(issuer)) intermediatesBelow++
    // A root of X.509 version 1 has no extensions, and is a CA because an administrator says so.
    if (issuer.basicConstraints === null) return isTrustAnchor
    const { cA, pathLenConstraint } = issuer.basicConstraints
    return cA && issuer.isCa && (pathLenConstraint === null || below <= pathLenConstraint)
  })
}
