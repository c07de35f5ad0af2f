/**
 * Verdicts of the chain engine and its policy provider, and the substatus of 403 that IIS makes of each.
 * Names and values are public Windows constants [chainstatus].
 */
import type { Confidence } from '../../../harness/model/answer.ts'

/** The substatus of 403 that a verdict becomes: 13 revoked, 16 untrusted or invalid, 17 outside its validity. */
export type CertificateSubstatus = 13 | 16 | 17

export interface CertificateCode {
  readonly hresult: number
  readonly substatus: CertificateSubstatus
  /** Of the step from this value to this substatus in IIS, not of the value itself. */
  readonly confidence: Confidence
  readonly source: string
}

const row = <Substatus extends CertificateSubstatus>(
  hresult: number,
  substatus: Substatus,
  confidence: Confidence,
  source: string,
) => ({ hresult, substatus, confidence, source }) as const

/** Also those that no step of the model gives: a log or a ticket may have them. */
export const certificateCodes = {
  CERT_E_EXPIRED: row(0x800b0101, 17, 'inferred', '[certinfo]'),
  /** Modern chain engines do not produce it. */
  CERT_E_VALIDITYPERIODNESTING: row(0x800b0102, 16, 'inferred', '[chainstatus]'),
  CERT_E_ROLE: row(0x800b0103, 16, 'inferred', '[chainstatus]'),
  CERT_E_CRITICAL: row(0x800b0105, 16, 'inferred', '[chainstatus]'),
  CERT_E_PURPOSE: row(0x800b0106, 16, 'inferred', '[chainstatus]'),
  CERT_E_ISSUERCHAINING: row(0x800b0107, 16, 'inferred', '[chainstatus]'),
  CERT_E_MALFORMED: row(0x800b0108, 16, 'inferred', '[chainstatus]'),
  CERT_E_UNTRUSTEDROOT: row(0x800b0109, 16, 'documented', '[403-16] [kb2802568] [itq]'),
  CERT_E_CHAINING: row(0x800b010a, 16, 'inferred', '[iisid]'),
  CERT_E_REVOKED: row(0x800b010c, 13, 'inferred', '[chainstatus]'),
  CERT_E_UNTRUSTEDTESTROOT: row(0x800b010d, 16, 'inferred', '[chainstatus]'),
  CERT_E_REVOCATION_FAILURE: row(0x800b010e, 13, 'inferred', '[chainstatus]'),
  /** Not expected of a client. */
  CERT_E_CN_NO_MATCH: row(0x800b010f, 16, 'inferred', '[chainstatus]'),
  CERT_E_WRONG_USAGE: row(0x800b0110, 16, 'inferred', '[certinfo]'),
  CERT_E_UNTRUSTEDCA: row(0x800b0112, 16, 'inferred', '[chainstatus]'),
  CERT_E_INVALID_POLICY: row(0x800b0113, 16, 'inferred', '[chainstatus]'),
  CERT_E_INVALID_NAME: row(0x800b0114, 16, 'inferred', '[chainstatus]'),
  CRYPT_E_REVOKED: row(0x80092010, 13, 'inferred', '[status]'),
  CRYPT_E_NO_REVOCATION_DLL: row(0x80092011, 13, 'inferred', '[chainstatus]'),
  CRYPT_E_NO_REVOCATION_CHECK: row(0x80092012, 13, 'inferred', '[chainstatus]'),
  CRYPT_E_REVOCATION_OFFLINE: row(0x80092013, 13, 'observed', '[sccm]'),
  TRUST_E_CERT_SIGNATURE: row(0x80096004, 16, 'inferred', '[chainstatus]'),
  TRUST_E_BASIC_CONSTRAINTS: row(0x80096019, 16, 'inferred', '[chainstatus]'),
} as const satisfies Record<string, CertificateCode>

export type CertificateCodeName = keyof typeof certificateCodes
