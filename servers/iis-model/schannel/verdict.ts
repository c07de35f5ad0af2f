/**
 * Judges a chain: one 32-bit value, as HTTP.sys keeps beside the certificate in CertFlags [certinfo].
 * With several faults the first row of the table wins; a table of its own can be given.
 */
import { certificateCodes, S_OK } from '../codes.ts'
import type { CertificateCodeName } from '../codes.ts'
import { isSelfIssued } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import type { Chain } from './chain.ts'

/** RFC 5280 §4.2.1.12. */
const ID_KP_CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0'

export interface Fault {
  readonly name: string
  readonly code: CertificateCodeName
  present(chain: Chain, nowMs: number): boolean
}

/**
 * Which fault wins. Nobody has published an experiment with two faults at once, so the order is
 * inferred from Microsoft's list of policy errors [chainstatus] and an independent re-implementation [wine-chain].
 * Revoked (after the signature) and revocation unknown or offline (last) come with revocation lists.
 * keyUsage is in no row: Windows checks the usage by EKU, so an end entity certificate without digitalSignature
 * is accepted (inferred).
 */
export const precedence: readonly Fault[] = [
  { name: 'bad signature', code: 'TRUST_E_CERT_SIGNATURE', present: (chain) => !chain.signaturesHold },
  {
    name: 'untrusted root',
    code: 'CERT_E_UNTRUSTEDROOT',
    present: (chain) => chain.end === 'untrusted-root',
  },
  { name: 'partial chain', code: 'CERT_E_CHAINING', present: (chain) => chain.end === 'partial' },
  {
    name: 'wrong usage, anywhere in the chain',
    code: 'CERT_E_WRONG_USAGE',
    present: ({ elements }) => !elements.every(allowsClientAuth),
  },
  {
    name: 'outside its validity, end entity or CA',
    code: 'CERT_E_EXPIRED',
    present: ({ elements }, nowMs) => !elements.every((certificate) => isValidAt(certificate, nowMs)),
  },
  {
    name: 'basic constraints',
    code: 'TRUST_E_BASIC_CONSTRAINTS',
    present: (chain) => !issuersMayIssue(chain),
  },
]

/** The HRESULT: S_OK, or that of the first fault in the table. */
export function verdictOf(chain: Chain, nowMs: number, faults: readonly Fault[] = precedence): number {
  const fault = faults.find((candidate) => candidate.present(chain, nowMs))
  return fault ? certificateCodes[fault.code].hresult : S_OK
}

/** No extension means any usage [friis]; anyExtendedKeyUsage is taken to mean the same (inferred). */
function allowsClientAuth({ extKeyUsage }: Certificate): boolean {
  return (
    extKeyUsage === null ||
    extKeyUsage.includes(ID_KP_CLIENT_AUTH) ||
    extKeyUsage.includes(ANY_EXTENDED_KEY_USAGE)
  )
}

/** RFC 5280 §4.1.2.5: from notBefore through notAfter, inclusive. */
const isValidAt = ({ notBefore, notAfter }: Certificate, nowMs: number): boolean =>
  notBefore <= nowMs && nowMs <= notAfter

/** RFC 5280 §4.2.1.9: every certificate above the end entity is a CA's, and its pathLenConstraint is kept. */
function issuersMayIssue({ elements, end }: Chain): boolean {
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
