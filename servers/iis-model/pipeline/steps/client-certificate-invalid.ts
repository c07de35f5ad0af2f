/**
 * Step 7, IIS Web Core at BeginRequest: a certificate came, and its verdict is not zero. 403.13, 403.16 or 403.17.
 * Asking for a certificate is enough: also SslNegotiateCert alone refuses a bad one [so26247462] [medium]. A URL that
 * asks for none ignores what the binding asked for (inferred).
 */
import { certificateCodes, S_OK } from '../../codes.ts'
import type { CertificateSubstatus } from '../../codes.ts'
import type { Step } from '../pipeline.ts'

export const clientCertificateInvalid: Step = ({ accessSslFlags, clientCertificate }) => {
  const asks = accessSslFlags.includes('SslNegotiateCert') || accessSslFlags.includes('SslRequireCert')
  if (!asks || clientCertificate === null || clientCertificate.verdict === S_OK) return null
  const { verdict } = clientCertificate
  return { status: 403, substatus: substatuses.get(verdict) ?? UNTRUSTED_OR_INVALID, hresult: verdict }
}

const UNTRUSTED_OR_INVALID = 16

const substatuses: ReadonlyMap<number, CertificateSubstatus> = new Map(
  Object.values(certificateCodes).map(({ hresult, substatus }) => [hresult, substatus]),
)
