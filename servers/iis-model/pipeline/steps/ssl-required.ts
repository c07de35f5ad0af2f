/** Step 4, IIS Web Core at BeginRequest: the URL wants TLS. 403.4 [status] [acc]; win32 5 is inferred. */
import { ACCESS_DENIED } from '../../codes.ts'
import type { Step } from '../pipeline.ts'

export const sslRequired: Step = ({ secure, accessSslFlags }) =>
  accessSslFlags.includes('Ssl') && !secure ? { status: 403, substatus: 4, hresult: ACCESS_DENIED } : null
