/** Results of 401.1 that are no Win32 errors. Names and values are public Windows constants. */
import type { Confidence } from '../../../harness/model/answer.ts'

interface MappingCode {
  readonly hresult: number
  /** Of the code in this situation of IIS, not of the value. */
  readonly confidence: Confidence
  readonly source: string
}

/** A one-to-one mapping whose `certificate` cannot be decoded. Which damage gives which code is inferred. */
export const mappingCodes = {
  /** Too little came out: cut short, broken into lines, in PEM armour. mapping/mapped-certificate.ts has the rule. */
  CRYPT_E_ASN1_EOD: { hresult: 0x80093102, confidence: 'observed', source: '[itq] [spike]' },
  /** Something else came out than a certificate. */
  CRYPT_E_ASN1_BADTAG: { hresult: 0x8009310b, confidence: 'observed', source: '[itq] [casesup]' },
} as const satisfies Record<string, MappingCode>

/** Seen in public logs beside certificates, and played by no step of the model. */
export const logonCodes = {
  /** An NTSTATUS; one report prints it signed, -1073741715. */
  STATUS_LOGON_FAILURE: { hresult: 0xc000006d, confidence: 'observed', source: '[so52506722]' },
  /** The first leg of NTLM or Negotiate, for contrast. */
  SEC_E_NO_CREDENTIALS: { hresult: 0x8009030e, confidence: 'observed', source: '[wang]' },
} as const satisfies Record<string, MappingCode>
