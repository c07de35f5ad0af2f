/**
 * The integrated pipeline as far as client certificates meet it: an ordered list, first answer wins.
 * The order and the step numbers are those of the README. To add a step: a file in steps/, and a line here.
 */
import type { AccessSslFlag } from '../configuration/access-ssl-flags.ts'
import type { ClientCertificate } from '../schannel/client-certificate.ts'
import { anonymous } from './steps/anonymous.ts'
import { clientCertificateInvalid } from './steps/client-certificate-invalid.ts'
import { clientCertificateRequired } from './steps/client-certificate-required.ts'
import { sslRequired } from './steps/ssl-required.ts'

export interface PipelineRequest {
  /** The request came over TLS. */
  readonly secure: boolean
  /** The URL's `access@sslFlags`. */
  readonly accessSslFlags: readonly AccessSslFlag[]
  readonly clientCertificate: ClientCertificate | null
}

export interface IisAnswer {
  readonly status: number
  /** Only in the log: a remote client sees the status alone. */
  readonly substatus: number
  readonly hresult: number
}

/** null: nothing to say, ask the next step. */
export type Step = (request: PipelineRequest) => IisAnswer | null

export const steps: readonly Step[] = [sslRequired, clientCertificateInvalid, clientCertificateRequired]

export function answerTo(request: PipelineRequest): IisAnswer {
  for (const step of steps) {
    const answer = step(request)
    if (answer) return answer
  }
  return anonymous()
}
