/**
 * AuthenticateRequest, BasicAuthenticationModule: user name and password of the Authorization header, RFC 7617.
 * Without the header it has nothing to say, and IIS's 401.2 brings its challenge.
 */
import { S_OK } from '../../codes.ts'
import { logOn } from '../../machine/accounts.ts'
import { withDefaultDomain } from '../../machine/accounts-name.ts'
import { unauthorized } from '../http-answers.ts'
import type { Step } from '../step.ts'

export const basicAuthentication: Step = (exchange) => {
  const { machine, settings, authorization } = exchange.request
  const { enabled, defaultLogonDomain, logonMethod } = settings.authentication.basicAuthentication
  const credentials = enabled && authorization !== null ? credentialsIn(authorization) : null
  if (credentials === null) return null

  const { userName, password } = credentials
  const logonName = withDefaultDomain(userName, defaultLogonDomain)
  const hresult = logOn(machine, logonName, { kind: 'clear', text: password }, logonMethod)
  if (hresult === S_OK) return { kind: 'user', user: { name: userName, authType: 'Basic' } }
  // `401 1 1326` [gh1326].
  return unauthorized(
    exchange,
    { substatus: 1, hresult },
    { module: 'BasicAuthenticationModule', notification: 'AuthenticateRequest', user: null },
  )
}

/** null: another scheme. What cannot be decoded is a user without a name, who cannot log on (inferred). */
function credentialsIn(
  authorization: string,
): { readonly userName: string; readonly password: string } | null {
  const encoded = /^basic +(\S*)\s*$/i.exec(authorization)?.[1]
  if (encoded === undefined) return null
  const [userName = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return { userName, password: password.join(':') }
}
