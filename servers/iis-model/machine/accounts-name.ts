/** Names of Windows accounts: `DOMAIN\user`, `user@domain`, `user`, `.\user`. Compared without case. */
import { equalsIgnoringCase } from './ordinal-ignore-case.ts'

export interface AccountName {
  readonly user: string
  /** null: none was said, or `.`, which is this computer. */
  readonly domain: string | null
}

export function nameFrom(text: string): AccountName {
  const backslash = text.indexOf('\\')
  if (backslash !== -1) return named(text.slice(backslash + 1), text.slice(0, backslash))
  const at = text.lastIndexOf('@')
  return at === -1 ? named(text, '') : named(text.slice(0, at), text.slice(at + 1))
}

const named = (user: string, domain: string): AccountName => ({
  user,
  domain: domain === '' || domain === '.' ? null : domain,
})

/**
 * A name without a domain stands for any domain, as there is no telling a computer's own accounts from its domain's
 * (inferred). `CONTOSO` is the NetBIOS name of `contoso.com` (inferred: it usually is the first label).
 */
export function accountMatches(a: string, b: string): boolean {
  const [one, other] = [nameFrom(a), nameFrom(b)]
  return equalsIgnoringCase(one.user, other.user) && domainsAgree(one.domain, other.domain)
}

function domainsAgree(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return true
  if (a.includes('.') === b.includes('.')) return equalsIgnoringCase(a, b)
  return equalsIgnoringCase(firstLabel(a), firstLabel(b))
}

const firstLabel = (domain: string): string => domain.split('.', 1)[0] ?? ''

/** A name without a domain gets this one [iiscm]; an empty one is none. */
export function withDefaultDomain(userName: string, defaultLogonDomain: string): string {
  const isBare = userName !== '' && !/[\\@]/.test(userName)
  return isBare && defaultLogonDomain !== '' ? `${defaultLogonDomain}\\${userName}` : userName
}
