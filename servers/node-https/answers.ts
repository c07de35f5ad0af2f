/**
 * What Node answers under each policy, and what its codes mean. Measured with Node 20.20.2; the order of events is
 * that of Node's `_tls_wrap.js`: the handshake always succeeds, then the socket is destroyed without an alert.
 */
import type { Answer, Answers, Signs } from '../../harness/model/answer.ts'
import type { Policy } from '../../harness/model/policy.ts'
import type { RefusalReason } from '../../harness/model/refusal.ts'
import type { PolicyUnderTest } from '../../harness/model/server.ts'

const measured = { confidence: 'measured', source: 'Node 20.20.2, OpenSSL 3.0, measured 2026-11-20' } as const
const silent = { alert: null, substatus: null, win32: null, user: null } as const

const served = (verify: string | null): Answer => ({
  ...silent,
  ...measured,
  verdict: 'accepted',
  status: 200,
  verify,
})

/** No alert and no HTTP answer: the connection just ends. */
const dropped = (verify: string): Answer => ({
  ...silent,
  ...measured,
  verdict: 'refused',
  status: null,
  verify,
})

/** Without a CRL nothing is revoked, whatever cRLDistributionPoints names. */
type Unchecked = 'revoked' | 'revocation-unknown'

/** The codes of tls.TLSSocket.authorizationError, for each reason. No certificate at all counts as an unknown issuer. */
const codes = {
  missing: 'UNABLE_TO_GET_ISSUER_CERT',
  expired: 'CERT_HAS_EXPIRED',
  'not-yet-valid': 'CERT_NOT_YET_VALID',
  'untrusted-issuer': 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'self-signed': 'DEPTH_ZERO_SELF_SIGNED_CERT',
  'missing-intermediate': 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'wrong-eku': 'INVALID_PURPOSE',
  'wrong-key-usage': 'INVALID_PURPOSE',
  'bad-signature': 'CERT_SIGNATURE_FAILURE',
  'issuer-not-ca': 'INVALID_PURPOSE',
} as const satisfies Record<Exclude<RefusalReason, Unchecked>, string>

/** What it would say if `https.createServer` were given a CRL; it never fetches one. X509_verify_cert_error_string(3). */
const crlCodes = {
  CERT_REVOKED: ['revoked'],
  UNABLE_TO_GET_CRL: ['revocation-unknown'],
  CRL_HAS_EXPIRED: ['revocation-unknown'],
} as const satisfies Readonly<Record<string, readonly RefusalReason[]>>

/** With rejectUnauthorized OpenSSL itself insists on a certificate, and sends the alert of the RFCs. */
const NO_CERTIFICATE = 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE'

function tableOf(faulty: (code: string) => Answer, accepted: Answer) {
  return {
    accepted,
    missing: faulty(codes.missing),
    expired: faulty(codes.expired),
    'not-yet-valid': faulty(codes['not-yet-valid']),
    'untrusted-issuer': faulty(codes['untrusted-issuer']),
    'self-signed': faulty(codes['self-signed']),
    'missing-intermediate': faulty(codes['missing-intermediate']),
    'wrong-eku': faulty(codes['wrong-eku']),
    'wrong-key-usage': faulty(codes['wrong-key-usage']),
    'bad-signature': faulty(codes['bad-signature']),
    'issuer-not-ca': faulty(codes['issuer-not-ca']),
    revoked: accepted,
    'revocation-unknown': accepted,
  } as const satisfies Answers
}

const base = { when: 'handshake', trust: ['root-a'], caNames: 'default' } as const satisfies Partial<Policy>

export const policies: readonly PolicyUnderTest[] = [
  {
    policy: { ...base, name: 'none', clientCertificate: 'none' },
    certificateAuthorities: null,
    answers: tableOf(() => served(null), served(null)),
  },
  {
    policy: { ...base, name: 'request', clientCertificate: 'request' },
    certificateAuthorities: ['root-a'],
    answers: tableOf(served, served('authorized')),
  },
  {
    policy: { ...base, name: 'require', clientCertificate: 'require' },
    certificateAuthorities: ['root-a'],
    answers: {
      ...tableOf(dropped, served('authorized')),
      missing: {
        '1.2': { ...dropped(NO_CERTIFICATE), alert: 'handshake_failure' },
        '1.3': { ...dropped(NO_CERTIFICATE), alert: 'certificate_required' },
      },
    },
  },
]

export function reasonsFor({ verify }: Signs): readonly RefusalReason[] {
  if (verify === NO_CERTIFICATE) return ['missing']
  const meant = Object.entries(codes).flatMap(([reason, code]) =>
    code === verify ? [reason as keyof typeof codes] : [],
  )
  if (meant.length > 0) return meant
  return Object.entries<readonly RefusalReason[]>(crlCodes).find(([code]) => code === verify)?.[1] ?? []
}
