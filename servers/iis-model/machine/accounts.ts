/** Windows accounts, and LogonUser as certificate mapping and Basic authentication call it. */
import type { Password } from '../configuration/settings.ts'
import { S_OK, win32Errors } from '../codes.ts'
import { accountMatches, nameFrom } from './accounts-name.ts'
import type { Machine } from './machine.ts'
import { equalsIgnoringCase } from './ordinal-ignore-case.ts'

/** `iisClientCertificateMappingAuthentication@logonMethod`. LogonUser's types 2, 4, 3 and 8 [schema]. */
export type LogonMethod = 'Interactive' | 'Batch' | 'Network' | 'ClearText'

export interface Account {
  /** `alice`, `DOMAIN\alice` or `alice@domain`: compared without case. */
  readonly name: string
  readonly password: string
  readonly state:
    'enabled' | 'disabled' | 'locked-out' | 'expired' | 'password-expired' | 'password-must-change'
  /** The methods that its logon rights allow. */
  readonly logonRights: readonly LogonMethod[]
}

/** What a state says to the right password. */
const errorOfState = {
  enabled: S_OK,
  disabled: win32Errors.ERROR_ACCOUNT_DISABLED.hresult,
  'locked-out': win32Errors.ERROR_ACCOUNT_LOCKED_OUT.hresult,
  expired: win32Errors.ERROR_ACCOUNT_EXPIRED.hresult,
  'password-expired': win32Errors.ERROR_PASSWORD_EXPIRED.hresult,
  'password-must-change': win32Errors.ERROR_PASSWORD_MUST_CHANGE.hresult,
} as const satisfies Record<Account['state'], number>

/**
 * An HRESULT: S_OK, or LogonUser's Win32 error. Which check comes first is inferred: a locked account does not say whether the password
 * was right, every other state speaks only to the right password, the logon right comes last.
 */
export function logOn(
  machine: Pick<Machine, 'accounts'>,
  userName: string,
  password: Password,
  method: LogonMethod,
): number {
  // An entry without a user name is 401.1 [itq]; its number is inferred.
  if (nameFrom(userName).user === '') return win32Errors.ERROR_LOGON_FAILURE.hresult
  // Nobody said which accounts there are: each exists, with this password.
  if (machine.accounts === null) return S_OK

  const account = accountNamed(userName, machine.accounts)
  if (account === undefined) return win32Errors.ERROR_LOGON_FAILURE.hresult
  if (account.state === 'locked-out') return win32Errors.ERROR_ACCOUNT_LOCKED_OUT.hresult
  if (!isRight(password, account)) return win32Errors.ERROR_LOGON_FAILURE.hresult
  if (account.state !== 'enabled') return errorOfState[account.state]
  return account.logonRights.includes(method) ? S_OK : win32Errors.ERROR_LOGON_TYPE_NOT_GRANTED.hresult
}

/** The one that is spelled so, before one whose name only says less. */
const accountNamed = (userName: string, accounts: readonly Account[]): Account | undefined =>
  accounts.find(({ name }) => equalsIgnoringCase(name, userName)) ??
  accounts.find(({ name }) => accountMatches(name, userName))

/** A password that only the machine it came from can decrypt is taken to be right (inferred: it worked there). */
const isRight = (password: Password, account: Account): boolean =>
  password.kind === 'unreadable' || password.text === account.password
