/**
 * Judges a chain: one 32-bit value, as HTTP.sys keeps beside the certificate in CertFlags [certinfo].
 * With several faults the first row of the table wins; a table of its own can be given.
 */
import { certificateCodes, S_OK } from '../codes.ts'
import type { CertificateCodeName } from '../codes.ts'
import { issuersMayIssue } from './basic-constraints.ts'
import type { Certificate } from './certificate.ts'
import type { Chain } from './chain.ts'
import { violatesNameConstraints } from './name-constraints.ts'
import type { RevocationStatus } from './revocation-status.ts'

/** RFC 5280 §4.2.1.12. */
const ID_KP_CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0'

/** What a chain is judged by besides itself. */
export interface Circumstances {
  readonly nowMs: number
  /** Of the binding. */
  readonly usagecheck: boolean
  readonly revocation: RevocationStatus
}

export interface Fault {
  readonly name: string
  readonly code: CertificateCodeName
  present(chain: Chain, circumstances: Circumstances): boolean
}

/**
 * Which fault wins. Nobody has published an experiment with two faults at once, so the order is
 * inferred from Microsoft's list of policy errors [chainstatus] and an independent re-implementation [wine-chain].
 * keyUsage is in no row: Windows checks the usage by EKU, so an end entity certificate without digitalSignature
 * is accepted (inferred).
 */
export const precedence: readonly Fault[] = [
  { name: 'bad signature', code: 'TRUST_E_CERT_SIGNATURE', present: (chain) => !chain.signaturesHold },
  { name: 'revoked', code: 'CRYPT_E_REVOKED', present: (_, { revocation }) => revocation === 'revoked' },
  {
    name: 'untrusted root',
    code: 'CERT_E_UNTRUSTEDROOT',
    present: (chain) => chain.end === 'untrusted-root',
  },
  { name: 'partial chain', code: 'CERT_E_CHAINING', present: (chain) => chain.end === 'partial' },
  {
    name: 'wrong usage, anywhere in the chain',
    code: 'CERT_E_WRONG_USAGE',
    present: ({ elements }, { usagecheck }) => usagecheck && !elements.every(allowsClientAuth),
  },
  {
    name: 'outside its validity, end entity or CA',
    code: 'CERT_E_EXPIRED',
    present: ({ elements }, { nowMs }) => !elements.every((certificate) => isValidAt(certificate, nowMs)),
  },
  {
    name: 'an extension that nobody can read',
    code: 'CERT_E_MALFORMED',
    present: ({ elements }) => elements.some(({ isMalformed }) => isMalformed),
  },
  {
    name: 'basic constraints',
    code: 'TRUST_E_BASIC_CONSTRAINTS',
    present: (chain) => !issuersMayIssue(chain),
  },
  {
    name: 'name constraints',
    code: 'CERT_E_INVALID_NAME',
    present: ({ elements }) => violatesNameConstraints(elements),
  },
  {
    name: 'a critical extension that nobody knows',
    code: 'CERT_E_CRITICAL',
    present: ({ elements }) => elements.some(hasUnknownCriticalExtension),
  },
  {
    name: 'revocation unknown',
    code: 'CRYPT_E_REVOCATION_OFFLINE',
    present: (_, { revocation }) => revocation === 'offline',
  },
]

/** Faults that the model does not take for such, because Windows is thought to look away. For tables of one's own. */
export const unusedFaults = {
  /** Accepted in practice: a certificate without distribution point failed on trust only [so26247462]. */
  noDistributionPoint: {
    name: 'nowhere to ask about revocation',
    code: 'CRYPT_E_NO_REVOCATION_CHECK',
    present: (_, { revocation }) => revocation === 'nowhere-to-ask',
  },
  exchangeOnly: {
    name: 'keyUsage of the end entity without digitalSignature',
    code: 'CERT_E_WRONG_USAGE',
    present: ({ elements }) => elements[0]?.hasDigitalSignature === false,
  },
} as const satisfies Record<string, Fault>

/** The HRESULT: S_OK, or that of the first fault in the table. */
export function verdictOf(
  chain: Chain,
  circumstances: Circumstances,
  faults: readonly Fault[] = precedence,
): number {
  const fault = faults.find((candidate) => candidate.present(chain, circumstances))
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

const hasUnknownCriticalExtension = ({ unknownCriticalExtensions }: Certificate): boolean =>
  unknownCriticalExtensions.length > 0
