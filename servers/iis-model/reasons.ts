/** What the signs of an IIS answer can mean. The same number stands for several reasons: the log tells no more. */
import type { Signs } from '../../harness/model/answer.ts'
import type { RefusalReason } from '../../harness/model/refusal.ts'
import { ACCESS_DENIED, certificateCodes, loggedWin32 } from './codes.ts'

interface Meaning {
  readonly substatus: number
  readonly hresult: number
  readonly reasons: readonly RefusalReason[]
}

const meanings: readonly Meaning[] = [
  { substatus: 7, hresult: ACCESS_DENIED, reasons: ['missing'] },
  {
    substatus: 16,
    hresult: certificateCodes.CERT_E_UNTRUSTEDROOT.hresult,
    reasons: ['untrusted-issuer', 'self-signed'],
  },
  {
    substatus: 16,
    hresult: certificateCodes.CERT_E_CHAINING.hresult,
    reasons: ['missing-intermediate', 'untrusted-issuer'],
  },
  { substatus: 16, hresult: certificateCodes.CERT_E_WRONG_USAGE.hresult, reasons: ['wrong-eku'] },
  {
    substatus: 17,
    hresult: certificateCodes.CERT_E_EXPIRED.hresult,
    reasons: ['expired', 'not-yet-valid'],
  },
]

/** Without a Win32 code (no log at hand), everything that the substatus can mean. */
export function reasonsFor({ status, substatus, win32 }: Signs): readonly RefusalReason[] {
  if (status !== 403) return []
  const matching = meanings.filter(
    (meaning) =>
      meaning.substatus === substatus && (win32 === null || loggedWin32(meaning.hresult) === win32),
  )
  return [...new Set(matching.flatMap(({ reasons }) => reasons))]
}
