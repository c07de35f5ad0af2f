/**
 * Step 6, IIS Web Core at BeginRequest: SslNegotiateCert makes sure that the client was asked. SslRequireCert alone
 * never asks and sees what the binding asked for (inferred). How asking went wrong has an answer of its own.
 */
import { S_OK, win32Errors } from '../../codes.ts'
import { atBeginRequest } from '../http-answers.ts'
import type { Negotiation } from '../request.ts'
import type { Finding, Step } from '../step.ts'

export const askForCertificate: Step = async ({ request: { settings, connection } }) => {
  if (connection === null) return null
  if (settings.access.sslFlags.includes('SslNegotiateCert')) {
    const negotiation = await connection.negotiate()
    if (negotiation !== 'asked') return failures[negotiation]
  }
  return { kind: 'certificate', clientCertificate: await connection.clientCertificate() }
}

const failures = {
  /** 6a. The body is beyond uploadReadAheadSize [certauth] [iis6-413]; substatus and win32 are inferred. */
  'too-large': atBeginRequest({ status: 413, substatus: 0, hresult: S_OK }, { close: true }),
  /** 6b. HTTP_1_1_REQUIRED [yarp563]. */
  http2: { kind: 'answer', answer: { kind: 'http2-reset' } },
  /** 6c. TLS 1.3 without post-handshake authentication, until Server 2022 [tls13-2022]. */
  reset: { kind: 'answer', answer: { kind: 'reset' } },
  /** 6c, since Server 2025 [tls13-2025]. */
  'not-supported': atBeginRequest({
    status: 500,
    substatus: 0,
    hresult: win32Errors.ERROR_NOT_SUPPORTED.hresult,
  }),
  /** 6d. The client refused to renegotiate [rustls1999] [vcert438]. */
  gone: { kind: 'answer', answer: { kind: 'gone' } },
} as const satisfies Record<Exclude<Negotiation, 'asked'>, Finding>
