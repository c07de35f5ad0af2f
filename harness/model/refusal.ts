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
} as const satisfies Record<RefusalReason, RfcRefusal>

export const refusalReasons = Object.keys(refusals) as readonly RefusalReason[]
