/**
 * Step 15, AuthorizeRequest, UrlAuthorizationModule: 401.2 [itq] for a user whom the rules do not let in. Deny rules
 * come first, then Allow rules, each in order; who matches none is not let in [urlauthz]. There are no groups here, so
 * a rule about roles alone matches nobody. No rules at all let everybody in (inferred: the module is not installed, or
 * the server-wide `Allow *` has gone missing from the file that was read).
 */
import { ACCESS_DENIED } from '../../codes.ts'
import type { AuthorizationRule } from '../../configuration/settings.ts'
import { accountMatches } from '../../machine/accounts-name.ts'
import { equalsIgnoringCase } from '../../machine/ordinal-ignore-case.ts'
import { unauthorized } from '../http-answers.ts'
import type { AuthenticatedUser } from '../request.ts'
import type { Step } from '../step.ts'

export const urlAuthorization: Step = (exchange) => {
  const { request, user } = exchange
  if (user === null || isLetIn(user, request.method, request.settings.authorization)) return null
  return unauthorized(
    exchange,
    { substatus: 2, hresult: ACCESS_DENIED },
    { module: 'UrlAuthorizationModule', notification: 'AuthorizeRequest', user },
  )
}

function isLetIn(user: AuthenticatedUser, method: string, rules: readonly AuthorizationRule[]): boolean {
  const matching = rules.filter((rule) => isAbout(rule, method) && rule.users.some((one) => isOne(user, one)))
  if (matching.some(({ accessType }) => accessType === 'Deny')) return false
  return rules.length === 0 || matching.length > 0
}

const isAbout = ({ verbs }: AuthorizationRule, method: string): boolean =>
  verbs.length === 0 || verbs.some((verb) => equalsIgnoringCase(verb, method))

/** `*` everybody, `?` anonymous, otherwise an account. */
function isOne({ name }: AuthenticatedUser, user: string): boolean {
  if (user === '*') return true
  return name === null ? user === '?' : accountMatches(user, name)
}
