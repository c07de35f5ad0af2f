/**
 * Step 7, IIS Web Core at BeginRequest: a certificate came, and its verdict is not zero. 403.13, 403.16 or 403.17.
 * Asking for a certificate is enough: also SslNegotiateCert alone refuses a bad one [so26247462] [medium]. A URL that
 * asks for none ignores what the binding asked for (inferred).
 */
import { S_OK, substatusOf } from '../../codes.ts'
import { atBeginRequest } from '../http-answers.ts'
import type { Step } from '../step.ts'

export const clientCertificateInvalid: Step = ({ request: { settings }, clientCertificate }) => {
  const { sslFlags } = settings.access
  const asks = sslFlags.includes('SslNegotiateCert') || sslFlags.includes('SslRequireCert')
  if (!asks || clientCertificate === null || clientCertificate.verdict === S_OK) return null
  const { verdict } = clientCertificate
  return atBeginRequest({
    status: 403,
    substatus: substatusOf(verdict),
    hresult: verdict,
  })
}
