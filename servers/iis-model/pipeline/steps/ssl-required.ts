/** Step 4, IIS Web Core at BeginRequest: the URL wants TLS. 403.4 [status] [acc]; win32 5 is inferred. */
import { ACCESS_DENIED } from '../../codes.ts'
import { atBeginRequest } from '../http-answers.ts'
import type { Step } from '../step.ts'

export const sslRequired: Step = ({ request: { settings, connection } }) =>
  settings.access.sslFlags.includes('Ssl') && connection === null
    ? atBeginRequest({ status: 403, substatus: 4, hresult: ACCESS_DENIED })
    : null
