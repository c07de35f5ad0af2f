/** Step 14, IIS Web Core at the end of AuthenticateRequest: still nobody. 401.2, `401 2 5` [tc401] [aligrant]. */
import { ACCESS_DENIED } from '../../codes.ts'
import { unauthorized } from '../http-answers.ts'
import type { Step } from '../step.ts'

export const nobodyAuthenticated: Step = (exchange) =>
  unauthorized(
    exchange,
    { substatus: 2, hresult: ACCESS_DENIED },
    { module: 'IIS Web Core', notification: 'AuthenticateRequest', user: null },
  )
