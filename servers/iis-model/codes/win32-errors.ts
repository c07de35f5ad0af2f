/**
 * Win32 errors behind answers of IIS, as the HRESULTs that they are wrapped into; the log unwraps them again.
 * Values are public Windows constants (winerror.h).
 */
import type { Confidence } from '../../../harness/model/answer.ts'

export interface Win32Error {
  readonly win32: number
  /** 0x8007 and the error: HRESULT_FROM_WIN32. */
  readonly hresult: number
  /** Of its meaning in an answer, not of the value. */
  readonly confidence: Confidence
  readonly meaning: string
}

const row = (win32: number, confidence: Confidence, meaning: string): Win32Error => ({
  win32,
  hresult: 0x80070000 + win32,
  confidence,
  meaning,
})

export const win32Errors = {
  ERROR_ACCESS_DENIED: row(
    5,
    'documented',
    '401.2, 401.3 and 403.7; 403.4, 403.5 and 403.12 are inferred [403-7] [tc401]',
  ),
  ERROR_NOT_SUPPORTED: row(
    50,
    'documented',
    '500.0: TLS 1.3 without post-handshake authentication [tls13-2025]',
  ),
  ERROR_NOT_FOUND: row(1168, 'documented', 'what modules get for "no certificate"; never the answer itself'),
  ERROR_PRIVILEGE_NOT_HELD: row(1314, 'inferred', 'impersonation; no case with certificates was found'),
  ERROR_LOGON_FAILURE: row(1326, 'observed', '401.1: the mapped password is wrong [itq] [casesup]'),
  ERROR_PASSWORD_EXPIRED: row(1330, 'inferred', '401.1: the password of the mapped account has expired'),
  ERROR_ACCOUNT_DISABLED: row(1331, 'inferred', '401.1: the mapped account is disabled'),
  ERROR_LOGON_TYPE_NOT_GRANTED: row(
    1385,
    'inferred',
    '401.1: the account lacks the logon right of logonMethod',
  ),
  ERROR_ACCOUNT_EXPIRED: row(1793, 'inferred', '401.1: the mapped account has expired'),
  ERROR_PASSWORD_MUST_CHANGE: row(1907, 'inferred', '401.1: the password must be changed first'),
  ERROR_ACCOUNT_LOCKED_OUT: row(1909, 'inferred', '401.1: the mapped account is locked out'),
} as const satisfies Record<string, Win32Error>

export type Win32ErrorName = keyof typeof win32Errors
