/**
 * The integrated pipeline as far as client certificates meet it: an ordered list, first answer wins.
 * The order and the step numbers are those of the README. To add a step: a file in steps/, and a line here.
 */
import type { IisAnswer, PipelineRequest } from './request.ts'
import { whileNobody } from './step.ts'
import type { Exchange, Step } from './step.ts'
import { accessControlList } from './steps/access-control-list.ts'
import { anonymousAuthentication } from './steps/anonymous-authentication.ts'
import { askForCertificate } from './steps/ask-for-certificate.ts'
import { basicAuthentication } from './steps/basic-authentication.ts'
import { certificateMapping } from './steps/certificate-mapping.ts'
import { clientCertificateInvalid } from './steps/client-certificate-invalid.ts'
import { clientCertificateRequired } from './steps/client-certificate-required.ts'
import { content } from './steps/content.ts'
import { directoryMapping } from './steps/directory-mapping.ts'
import { nobodyAuthenticated } from './steps/nobody-authenticated.ts'
import { ssl128Required } from './steps/ssl-128-required.ts'
import { sslRequired } from './steps/ssl-required.ts'
import { urlAuthorization } from './steps/url-authorization.ts'

const beginRequest: readonly Step[] = [
  sslRequired,
  ssl128Required,
  askForCertificate,
  clientCertificateInvalid,
  clientCertificateRequired,
]

/** That a mapped user wins over Anonymous is inferred, and so is the order of the two mappings. */
const authenticateRequest: readonly Step[] = [
  directoryMapping,
  certificateMapping,
  basicAuthentication,
  anonymousAuthentication,
  nobodyAuthenticated,
].map(whileNobody)

const authorizeRequest: readonly Step[] = [urlAuthorization, accessControlList]

export const steps: readonly Step[] = [...beginRequest, ...authenticateRequest, ...authorizeRequest]

export async function answerTo(request: PipelineRequest): Promise<IisAnswer> {
  let exchange: Exchange = { request, clientCertificate: null, user: null }
  for (const step of steps) {
    const finding = await step(exchange)
    if (finding?.kind === 'answer') return finding.answer
    if (finding?.kind === 'certificate')
      exchange = { ...exchange, clientCertificate: finding.clientCertificate }
    if (finding?.kind === 'user') exchange = { ...exchange, user: finding.user }
  }
  return content(exchange)
}
