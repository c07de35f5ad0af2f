/**
 * Step 8, IIS Web Core at BeginRequest: the URL requires a certificate and none came. 403.7, win32 5 [403-7]. Plain
 * HTTP has none either (inferred).
 */
import { ACCESS_DENIED } from '../../codes.ts'
import { atBeginRequest } from '../http-answers.ts'
import type { Step } from '../step.ts'

export const clientCertificateRequired: Step = ({ request: { settings }, clientCertificate }) =>
  settings.access.sslFlags.includes('SslRequireCert') && clientCertificate === null
    ? atBeginRequest({ status: 403, substatus: 7, hresult: ACCESS_DENIED })
    : null
