/** What the signs of an IIS answer can mean. The same number stands for several reasons: the log tells no more. */
import type { Signs } from '../../harness/model/answer.ts'
import type { Reason } from '../../harness/model/refusal.ts'

interface Meaning {
  /** status.substatus; null: no HTTP answer at all. */
  readonly answer: string | null
  /** sc-win32-status as logged; null: whatever it is. */
  readonly win32: number | null
  readonly reasons: readonly Reason[]
}

const meanings: readonly Meaning[] = [
  { answer: '401.1', win32: 2_148_086_018, reasons: ['mapping-unreadable'] },
  { answer: '401.1', win32: 2_148_086_027, reasons: ['mapping-unreadable'] },
  ...[1326, 1330, 1331, 1385, 1793, 1907, 1909].map(
    (win32) => ({ answer: '401.1', win32, reasons: ['logon-failed'] }) as const,
  ),
  { answer: '401.2', win32: null, reasons: ['not-authenticated', 'not-authorized'] },
  { answer: '401.3', win32: null, reasons: ['not-authorized'] },
  { answer: '403.4', win32: null, reasons: ['tls-required'] },
  { answer: '403.5', win32: null, reasons: ['cipher-too-weak'] },
  { answer: '403.7', win32: null, reasons: ['missing'] },
  { answer: '403.12', win32: null, reasons: ['mapping-denied'] },
  // CRYPT_E_REVOKED, then CRYPT_E_NO_REVOCATION_CHECK and CRYPT_E_REVOCATION_OFFLINE.
  { answer: '403.13', win32: 2_148_081_680, reasons: ['revoked'] },
  { answer: '403.13', win32: 2_148_081_682, reasons: ['revocation-unknown'] },
  { answer: '403.13', win32: 2_148_081_683, reasons: ['revocation-unknown'] },
  // CERT_E_UNTRUSTEDROOT, CERT_E_CHAINING, CERT_E_WRONG_USAGE, TRUST_E_CERT_SIGNATURE, TRUST_E_BASIC_CONSTRAINTS.
  { answer: '403.16', win32: 2_148_204_809, reasons: ['untrusted-issuer', 'self-signed'] },
  { answer: '403.16', win32: 2_148_204_810, reasons: ['missing-intermediate', 'untrusted-issuer'] },
  { answer: '403.16', win32: 2_148_204_816, reasons: ['wrong-eku'] },
  { answer: '403.16', win32: 2_148_098_052, reasons: ['bad-signature'] },
  { answer: '403.16', win32: 2_148_098_073, reasons: ['issuer-not-ca'] },
  { answer: '403.17', win32: null, reasons: ['expired', 'not-yet-valid'] },
  { answer: '413.0', win32: null, reasons: ['content-too-large'] },
  // ERROR_NOT_SUPPORTED: TLS 1.3 without post-handshake authentication.
  { answer: '500.0', win32: 50, reasons: ['late-request-failed'] },
  { answer: null, win32: null, reasons: ['late-request-failed'] },
]

/** Without a Win32 code (no log at hand), everything that the substatus can mean; without that, the status. */
export function reasonsFor({ status, substatus, win32 }: Signs): readonly Reason[] {
  const answers = substatus === null && status !== null ? `${status}.` : null
  const matching = meanings.filter(
    (meaning) =>
      (answers === null
        ? meaning.answer === (status === null ? null : `${status}.${substatus}`)
        : meaning.answer?.startsWith(answers)) &&
      (win32 === null || meaning.win32 === null || meaning.win32 === win32),
  )
  return [...new Set(matching.flatMap(({ reasons }) => reasons))]
}
