/**
 * Step 13, AuthenticateRequest, AnonymousAuthenticationModule: nobody else wanted the request. cs-username `-` [itq].
 * Its account is taken to work.
 */
import type { Step } from '../step.ts'

export const anonymousAuthentication: Step = ({ request: { settings } }) =>
  settings.authentication.anonymousAuthentication.enabled
    ? { kind: 'user', user: { name: null, authType: '' } }
    : null
