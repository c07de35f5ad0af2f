/**
 * The 32-bit results that a client certificate can earn, what IIS makes of them, and how it logs them.
 * Names and values are public Windows constants [chainstatus]. Source keys resolve in the README.
 */
import type { Confidence } from '../../harness/model/answer.ts'

/** The substatus of 403 that a verdict becomes: 13 revoked, 16 untrusted or invalid, 17 outside its validity. */
export type CertificateSubstatus = 13 | 16 | 17

interface CertificateCode {
  readonly hresult: number
  readonly substatus: CertificateSubstatus
  /** Of the step from this value to this substatus in IIS, not of the value itself. */
  readonly confidence: Confidence
  readonly source: string
}

/** Verdicts of the chain engine and its policy provider. README, "Codes". */
export const certificateCodes = {
  CERT_E_EXPIRED: { hresult: 0x800b0101, substatus: 17, confidence: 'inferred', source: '[certinfo]' },
  CERT_E_MALFORMED: { hresult: 0x800b0108, substatus: 16, confidence: 'inferred', source: '[chainstatus]' },
  CERT_E_UNTRUSTEDROOT: {
    hresult: 0x800b0109,
    substatus: 16,
    confidence: 'documented',
    source: '[403-16] [kb2802568] [itq]',
  },
  CERT_E_CHAINING: { hresult: 0x800b010a, substatus: 16, confidence: 'inferred', source: '[iisid]' },
  CERT_E_WRONG_USAGE: { hresult: 0x800b0110, substatus: 16, confidence: 'inferred', source: '[certinfo]' },
  CRYPT_E_REVOKED: { hresult: 0x80092010, substatus: 13, confidence: 'inferred', source: '[status]' },
  CRYPT_E_NO_REVOCATION_CHECK: {
    hresult: 0x80092012,
    substatus: 13,
    confidence: 'inferred',
    source: '[chainstatus]',
  },
  CRYPT_E_REVOCATION_OFFLINE: {
    hresult: 0x80092013,
    substatus: 13,
    confidence: 'observed',
    source: '[sccm]',
  },
  TRUST_E_CERT_SIGNATURE: {
    hresult: 0x80096004,
    substatus: 16,
    confidence: 'inferred',
    source: '[chainstatus]',
  },
  TRUST_E_BASIC_CONSTRAINTS: {
    hresult: 0x80096019,
    substatus: 16,
    confidence: 'inferred',
    source: '[chainstatus]',
  },
} as const satisfies Record<string, CertificateCode>

export type CertificateCodeName = keyof typeof certificateCodes

/** Results that are not about the certificate itself. */
export const S_OK = 0
/** ERROR_ACCESS_DENIED of facility 7: the page says 0x80070005, the log says 5 [403-7]. */
export const ACCESS_DENIED = 0x80070005

/** HRESULT_FACILITY: a Win32 error wrapped into an HRESULT. */
const FACILITY_WIN32 = 7

/**
 * `sc-win32-status` as the W3C log prints it: a wrapped Win32 error as the bare number, everything else as unsigned
 * decimal. Observed: [kb2802568] 2148204809, [sccm] 2148081683, [403-7] 5.
 */
export function loggedWin32(hresult: number): number {
  return (hresult >>> 16) % 0x2000 === FACILITY_WIN32 ? hresult & 0xffff : hresult >>> 0
}
