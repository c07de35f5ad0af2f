/**
 * Why a client certificate is refused, in neutral words, and the alert that the RFCs ask for.
 * How one product shows a reason is that server's own table.
 */
import type { AlertDescription, TlsVersion } from './tls.ts'

/** One reason, as a relying party that follows RFC 5280 §6 would name it. */
export type RefusalReason =
  | 'missing'
  | 'expired'
  | 'not-yet-valid'
  | 'untrusted-issuer'
  | 'self-signed'
  | 'missing-intermediate'
  | 'wrong-eku'
  | 'wrong-key-usage'
  | 'bad-signature'
  | 'issuer-not-ca'
  | 'revoked'
  | 'revocation-unknown'

/** Why a request is turned away that has nothing to do with the certificate's own validity. */
export type DenialReason =
  | 'tls-required'
  | 'cipher-too-weak'
  | 'content-too-large'
  | 'late-request-failed'
  | 'mapping-unreadable'
  | 'mapping-denied'
  | 'logon-failed'
  | 'not-authenticated'
  | 'not-authorized'

export type Reason = RefusalReason | DenialReason

export interface RfcRefusal {
  readonly title: string
  /** The alert for this reason. TLS 1.2 has no certificate_required. */
  readonly alert: Readonly<Record<TlsVersion, AlertDescription>>
  readonly source: string
}

const both = (alert: AlertDescription) => ({ '1.2': alert, '1.3': alert }) as const

/** Every reason, with what the RFCs say about telling the client. */
export const refusals = {
  missing: {
    title: 'no certificate was presented',
    alert: { '1.2': 'handshake_failure', '1.3': 'certificate_required' },
    source: 'RFC 5246 §7.4.6, RFC 8446 §4.4.2.4',
  },
  expired: {
    title: 'notAfter has passed',
    alert: both('certificate_expired'),
    source: 'RFC 5246 §7.2.2, RFC 8446 §6.2',
  },
  'not-yet-valid': {
    title: 'notBefore lies in the future',
    alert: both('certificate_expired'),
    source: 'RFC 5246 §7.2.2, RFC 8446 §6.2 ("has expired or is not currently valid")',
  },
  'untrusted-issuer': {
    title: 'no path to a trust anchor: the issuer is not trusted',
    alert: both('unknown_ca'),
    source: 'RFC 5246 §7.2.2, RFC 8446 §6.2',
  },
  'self-signed': {
    title: 'the end entity certificate signed itself and is not a trust anchor',
    alert: both('unknown_ca'),
    source: 'RFC 5246 §7.2.2, RFC 8446 §6.2',
  },
  'missing-intermediate': {
    title: 'the trust anchor is known, a CA certificate on the path to it is not',
    alert: both('unknown_ca'),
    source: 'RFC 5246 §7.2.2, RFC 8446 §6.2',
  },
  'wrong-eku': {
    title: 'extKeyUsage is present without id-kp-clientAuth',
    alert: both('unsupported_certificate'),
    source: 'RFC 5280 §4.2.1.12; alert by RFC 8446 §6.2',
  },
  'wrong-key-usage': {
    title: 'keyUsage is present without digitalSignature',
    alert: both('unsupported_certificate'),
    source: 'RFC 5280 §4.2.1.3, RFC 8446 §4.4.2.2; alert by RFC 8446 §6.2',
  },
  'bad-signature': {
    title: 'a signature in the chain does not verify',
    alert: both('bad_certificate'),
    source: 'RFC 5246 §7.2.2, RFC 8446 §6.2 ("contained signatures that did not verify correctly")',
  },
  'issuer-not-ca': {
    title: 'a certificate in the chain was issued by one that is not a CA',
    alert: both('unknown_ca'),
    source: 'RFC 5280 §4.2.1.9, §6.1.4 (k); alert by RFC 8446 §6.2',
  },
  revoked: {
    title: 'the certificate is on the CRL of its issuer',
    alert: both('certificate_revoked'),
    source: 'RFC 5246 §7.2.2, RFC 8446 §6.2, RFC 5280 §6.3',
  },
  'revocation-unknown': {
    title: 'the certificate names a CRL that cannot be had, or that is stale',
    alert: both('certificate_unknown'),
    source: 'RFC 5280 §6.3.3 (undetermined revocation status); alert by RFC 8446 §6.2',
  },
} as const satisfies Record<RefusalReason, RfcRefusal>

/** What each denial means. None of them has an alert of its own: they are told in HTTP. */
export const denials = {
  'tls-required': 'the request came in the clear',
  'cipher-too-weak': 'the cipher suite is weaker than the server demands',
  'content-too-large': 'the request body does not fit while the certificate is being asked for',
  'late-request-failed': 'the certificate was asked for after the handshake, and the client could not answer',
  'mapping-unreadable': 'the mapping that the certificate reaches cannot be decoded',
  'mapping-denied': 'the mapping of the certificate denies it',
  'logon-failed': 'the account that the certificate is mapped to could not be logged on',
  'not-authenticated':
    'nobody is authenticated: the certificate is mapped to no user, and nothing else applies',
  'not-authorized': 'the user that the certificate is mapped to may not have this resource',
} as const satisfies Record<DenialReason, string>

export const refusalReasons = Object.keys(refusals) as readonly RefusalReason[]
