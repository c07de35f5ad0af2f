/** Step 8, IIS Web Core at BeginRequest: the URL requires a certificate and none came. 403.7, win32 5 [403-7]. */
import { ACCESS_DENIED } from '../../codes.ts'
import type { Step } from '../pipeline.ts'

export const clientCertificateRequired: Step = ({ accessSslFlags, clientCertificate }) =>
  accessSslFlags.includes('SslRequireCert') && clientCertificate === null
    ? { status: 403, substatus: 7, hresult: ACCESS_DENIED }
    : null
