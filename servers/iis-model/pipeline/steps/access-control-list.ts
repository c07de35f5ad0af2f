/**
 * Step 16: NTFS denies the resource to the user. 401.3, win32 5 [status]; the user is known and stands in the log.
 * Anonymous is tried as the account that it is configured with (inferred). Module and notification are inferred.
 */
import { ACCESS_DENIED } from '../../codes.ts'
import { accountMatches } from '../../machine/accounts-name.ts'
import { unauthorized } from '../http-answers.ts'
import type { Step } from '../step.ts'

export const accessControlList: Step = (exchange) => {
  const { request, user } = exchange
  if (user === null) return null
  const account = user.name ?? request.settings.authentication.anonymousAuthentication.userName
  if (account === '' || !request.deniedByAcl.some((denied) => accountMatches(denied, account))) return null
  return unauthorized(
    exchange,
    { substatus: 3, hresult: ACCESS_DENIED },
    { module: 'IIS Web Core', notification: 'ExecuteRequestHandler', user },
  )
}
