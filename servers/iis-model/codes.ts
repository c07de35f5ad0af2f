/**
 * The 32-bit results that a client certificate can earn, what IIS makes of them, and how it logs them: the entry to
 * codes/. Source keys resolve in the README.
 */
import { certificateCodes } from './codes/certificate-codes.ts'
import type { CertificateSubstatus } from './codes/certificate-codes.ts'
import { win32Errors } from './codes/win32-errors.ts'

export { certificateCodes } from './codes/certificate-codes.ts'
export type { CertificateCode, CertificateCodeName, CertificateSubstatus } from './codes/certificate-codes.ts'
export { namedCode, namedCodes } from './codes/dictionary.ts'
export type { NamedCode } from './codes/dictionary.ts'
export { loggedWin32 } from './codes/logged-win32.ts'
export { logonCodes, mappingCodes } from './codes/mapping-codes.ts'
export { systemMessage } from './codes/messages.ts'
export { win32Errors } from './codes/win32-errors.ts'
export type { Win32ErrorName } from './codes/win32-errors.ts'

export const S_OK = 0
/** The page says 0x80070005, the log says 5 [403-7]. */
export const ACCESS_DENIED = win32Errors.ERROR_ACCESS_DENIED.hresult

/** The substatus of 403 for a verdict; one that is in no table counts as untrusted or invalid (inferred). */
export function substatusOf(verdict: number): CertificateSubstatus {
  return substatuses.get(verdict >>> 0) ?? 16
}

const substatuses: ReadonlyMap<number, CertificateSubstatus> = new Map(
  Object.values(certificateCodes).map(({ hresult, substatus }) => [hresult, substatus]),
)
