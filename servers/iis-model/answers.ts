/**
 * What IIS answers to each reason under the four neutral policies, with its source; the keys in brackets resolve in the
 * README. Situations have answers of their own (situations/), and scenarios/iis has the whole matrix.
 */
import type { Answer, Answers, Confidence } from '../../harness/model/answer.ts'
import { ACCESS_DENIED, certificateCodes, loggedWin32 } from './codes.ts'
import type { CertificateCodeName } from './codes.ts'

/** IIS says nothing in TLS alerts, and nobody is mapped to a user. */
const silent = { alert: null, verify: null, user: null } as const

const served = (confidence: Confidence, source: string): Answer => ({
  ...silent,
  verdict: 'accepted',
  status: 200,
  substatus: 0,
  win32: 0,
  confidence,
  source,
})

const missing = (confidence: Confidence, source: string): Answer => ({
  ...silent,
  verdict: 'refused',
  status: 403,
  substatus: 7,
  win32: loggedWin32(ACCESS_DENIED),
  confidence,
  source,
})

/** `win32Confidence` where the number was never seen published beside the status. */
const judged = (
  code: CertificateCodeName,
  confidence: Confidence,
  source: string,
  win32Confidence?: Confidence,
): Answer => ({
  ...silent,
  verdict: 'refused',
  status: 403,
  substatus: certificateCodes[code].substatus,
  win32: loggedWin32(certificateCodes[code].hresult),
  confidence,
  ...(win32Confidence === undefined ? {} : { win32Confidence }),
  source,
})

const notAsked = served('documented', 'learn.microsoft.com: access sslFlags [acc], KB 907274 [kb907274]')

/** Policies `none` and `ssl`: whatever the client has, it is never asked for it. */
export const neverAsked = {
  accepted: notAsked,
  missing: notAsked,
  expired: notAsked,
  'not-yet-valid': notAsked,
  'untrusted-issuer': notAsked,
  'self-signed': notAsked,
  'missing-intermediate': notAsked,
  'wrong-eku': notAsked,
  'wrong-key-usage': notAsked,
  'bad-signature': notAsked,
  'issuer-not-ca': notAsked,
  revoked: notAsked,
  'revocation-unknown': notAsked,
} as const satisfies Answers

/** The same under `request` and `require`; the sources are general or tell of both. */
const eitherWay = {
  'self-signed': judged('CERT_E_UNTRUSTEDROOT', 'inferred', 'learn.microsoft.com 403.16 article [403-16]'),
  'missing-intermediate': judged(
    'CERT_E_CHAINING',
    'inferred',
    'lab notes IIS-ID [iisid], Windows Server 2003 documentation [iis6-chain]',
  ),
  'wrong-eku': judged(
    'CERT_E_WRONG_USAGE',
    'inferred',
    'HTTP_SSL_CLIENT_CERT_INFO [certinfo], netsh http usagecheck [netsh]; no direct evidence',
  ),
  'wrong-key-usage': served(
    'inferred',
    'Windows checks the usage by EKU, not by keyUsage; no direct evidence',
  ),
  'bad-signature': judged('TRUST_E_CERT_SIGNATURE', 'inferred', 'list of policy errors [chainstatus]'),
  'issuer-not-ca': judged('TRUST_E_BASIC_CONSTRAINTS', 'inferred', 'list of policy errors [chainstatus]'),
} as const

const outsideValidity = (confidence: Confidence) =>
  judged(
    'CERT_E_EXPIRED',
    confidence,
    'learn.microsoft.com HTTP status codes [status], KB 248031 [q248031]; win32 from [certinfo]',
    'inferred',
  )

const revoked = (confidence: Confidence) =>
  judged(
    'CRYPT_E_REVOKED',
    confidence,
    'learn.microsoft.com HTTP status codes [status], KB 294305 [q294305]',
    'inferred',
  )

/** Ssl, SslNegotiateCert: a client may send none, and a bad certificate is refused all the same. */
export const request = {
  ...eitherWay,
  accepted: served('observed', 'itq.eu article and comments [itq], Adrian Jenkins on medium.com [medium]'),
  missing: served('observed', 'Adrian Jenkins on medium.com [medium], KB 907274 [kb907274]'),
  expired: outsideValidity('inferred'),
  'not-yet-valid': outsideValidity('inferred'),
  'untrusted-issuer': judged(
    'CERT_E_UNTRUSTEDROOT',
    'observed',
    'stackoverflow.com 26247462 [so26247462], aspnet/IISIntegration 1422 [iisexp1422]',
  ),
  revoked: revoked('inferred'),
  'revocation-unknown': judged(
    'CRYPT_E_REVOCATION_OFFLINE',
    'inferred',
    'KB 294305 [q294305], lab notes IIS-ID [iisid]',
  ),
} as const satisfies Answers

/** Ssl, SslNegotiateCert, SslRequireCert. */
export const require = {
  ...eitherWay,
  accepted: served('observed', 'KB 907274 [kb907274], lab notes IIS-ID [iisid]'),
  missing: missing('observed', 'learn.microsoft.com 403.7 article [403-7], log line "403 7 5" [qna-owa]'),
  expired: outsideValidity('documented'),
  'not-yet-valid': outsideValidity('documented'),
  'untrusted-issuer': judged(
    'CERT_E_UNTRUSTEDROOT',
    'observed',
    'learn.microsoft.com 403.16 article [403-16], log line "403 16 2148204809" [ndes]',
  ),
  revoked: revoked('documented'),
  'revocation-unknown': judged(
    'CRYPT_E_REVOCATION_OFFLINE',
    'observed',
    'log line "403 13 2148081683" [sccm], KB 294305 [q294305]',
  ),
} as const satisfies Answers
