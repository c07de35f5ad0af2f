/**
 * What nginx answers under each policy, and what its words mean. nginx always completes the handshake: OpenSSL's
 * verdict is kept and told in HTTP, as 400 with 495 (a bad certificate) or 496 (none) behind it.
 */
import type { Answer, Answers, Signs } from '../../harness/model/answer.ts'
import { refusalReasons, type RefusalReason } from '../../harness/model/refusal.ts'
import type { PolicyUnderTest } from '../../harness/model/server.ts'
import { nginxPolicies, type NginxPolicy } from './policies.ts'

const measured = {
  alert: null,
  win32: null,
  user: null,
  confidence: 'measured',
  source: 'nginx 1.22.1, OpenSSL 3.0.x, measured 2026-11-20',
} as const

const served = (verify: string): Answer => ({
  ...measured,
  verdict: 'accepted',
  status: 200,
  substatus: null,
  verify,
})

const refused = (substatus: 495 | 496, verify: string): Answer => ({
  ...measured,
  verdict: 'refused',
  status: 400,
  substatus,
  verify,
})

type Fault = Exclude<RefusalReason, 'missing'>

/** Without ssl_crl nothing is revoked, whatever cRLDistributionPoints names. */
type Unchecked = 'revoked' | 'revocation-unknown'

/** $ssl_client_verify for each fault: FAILED and the text of X509_verify_cert_error_string. */
const verifyTexts = {
  expired: 'FAILED:certificate has expired',
  'not-yet-valid': 'FAILED:certificate is not yet valid',
  'untrusted-issuer': 'FAILED:unable to verify the first certificate',
  'self-signed': 'FAILED:self-signed certificate',
  'missing-intermediate': 'FAILED:unable to verify the first certificate',
  'wrong-eku': 'FAILED:unsuitable certificate purpose',
  'wrong-key-usage': 'FAILED:unsuitable certificate purpose',
  'bad-signature': 'FAILED:certificate signature failure',
  'issuer-not-ca': 'FAILED:unsuitable certificate purpose',
} as const satisfies Record<Exclude<Fault, Unchecked>, string>

/**
 * Other texts: OpenSSL 1.1.1 spells two of them differently, longer chains have their own, and so have configurations
 * with ssl_crl.
 */
const otherTexts = {
  'FAILED:self signed certificate': ['self-signed'],
  'FAILED:unsupported certificate purpose': ['wrong-eku', 'wrong-key-usage', 'issuer-not-ca'],
  'FAILED:invalid CA certificate': ['issuer-not-ca'],
  'FAILED:unable to get local issuer certificate': ['untrusted-issuer', 'missing-intermediate'],
  'FAILED:self-signed certificate in certificate chain': ['untrusted-issuer'],
  'FAILED:self signed certificate in certificate chain': ['untrusted-issuer'],
  'FAILED:certificate revoked': ['revoked'],
  'FAILED:unable to get certificate CRL': ['revocation-unknown'],
  'FAILED:CRL has expired': ['revocation-unknown'],
} as const satisfies Readonly<Record<string, readonly Fault[]>>

const faults = refusalReasons.filter((reason) => reason !== 'missing')

const rowsFor = (answer: (verify: string) => Answer, unchecked: Answer) => ({
  expired: answer(verifyTexts.expired),
  'not-yet-valid': answer(verifyTexts['not-yet-valid']),
  'untrusted-issuer': answer(verifyTexts['untrusted-issuer']),
  'self-signed': answer(verifyTexts['self-signed']),
  'missing-intermediate': answer(verifyTexts['missing-intermediate']),
  'wrong-eku': answer(verifyTexts['wrong-eku']),
  'wrong-key-usage': answer(verifyTexts['wrong-key-usage']),
  'bad-signature': answer(verifyTexts['bad-signature']),
  'issuer-not-ca': answer(verifyTexts['issuer-not-ca']),
  revoked: unchecked,
  'revocation-unknown': unchecked,
})

/** Never asked for a certificate, so never judged. */
const noneAnswers: Answers = {
  accepted: served('NONE'),
  missing: served('NONE'),
  ...rowsFor(() => served('NONE'), served('NONE')),
}

/** Optional means that none may come; a bad one is refused all the same. */
const requestAnswers: Answers = {
  accepted: served('SUCCESS'),
  missing: served('NONE'),
  ...rowsFor((verify) => refused(495, verify), served('SUCCESS')),
}

const requireAnswers: Answers = { ...requestAnswers, missing: refused(496, 'NONE') }

/** nginx's own list (ngx_ssl_verify_error_optional): no path to a trusted issuer is forgiven, nothing else is. */
const optionalNoCaAnswers: Answers = {
  ...requestAnswers,
  'untrusted-issuer': served(verifyTexts['untrusted-issuer']),
  'self-signed': served(verifyTexts['self-signed']),
  'missing-intermediate': served(verifyTexts['missing-intermediate']),
}

export const policies: readonly PolicyUnderTest<NginxPolicy>[] = [
  { policy: nginxPolicies.none, certificateAuthorities: null, answers: noneAnswers },
  { policy: nginxPolicies.request, certificateAuthorities: ['root-a'], answers: requestAnswers },
  { policy: nginxPolicies.require, certificateAuthorities: ['root-a'], answers: requireAnswers },
  { policy: nginxPolicies.optional_no_ca, certificateAuthorities: [], answers: optionalNoCaAnswers },
  {
    policy: nginxPolicies['require-trusted-certificate'],
    certificateAuthorities: ['root-c'],
    answers: requireAnswers,
  },
]

export function reasonsFor({ substatus, verify }: Signs): readonly RefusalReason[] {
  if (substatus === 496) return ['missing']
  // Without the log, 495 alone leaves every fault possible.
  if (verify === null) return substatus === 495 ? faults : []
  const known = Object.entries(verifyTexts).flatMap(([fault, text]) =>
    text === verify ? [fault as keyof typeof verifyTexts] : [],
  )
  if (known.length > 0) return known
  return Object.entries<readonly Fault[]>(otherTexts).find(([text]) => text === verify)?.[1] ?? []
}
