/**
 * Names and numbers of TLS that every part speaks. RFC 8446, RFC 5246 and the IANA TLS registry.
 * Values on the wire keep their spelling. Decoding is harness/wire.
 */

/** The side that sent something. */
export type Peer = 'client' | 'server'

/** A version that a cell can ask for. */
export type TlsVersion = '1.2' | '1.3'
export const tlsVersions = ['1.2', '1.3'] as const satisfies readonly TlsVersion[]

/** RFC 8446 §6 and RFC 5246 §7.2, with the later entries of the IANA "TLS Alerts" registry. */
export const alertDescriptions = {
  close_notify: 0,
  unexpected_message: 10,
  bad_record_mac: 20,
  decryption_failed_RESERVED: 21,
  record_overflow: 22,
  decompression_failure_RESERVED: 30,
  handshake_failure: 40,
  no_certificate_RESERVED: 41,
  bad_certificate: 42,
  unsupported_certificate: 43,
  certificate_revoked: 44,
  certificate_expired: 45,
  certificate_unknown: 46,
  illegal_parameter: 47,
  unknown_ca: 48,
  access_denied: 49,
  decode_error: 50,
  decrypt_error: 51,
  too_many_cids_requested: 52,
  export_restriction_RESERVED: 60,
  protocol_version: 70,
  insufficient_security: 71,
  internal_error: 80,
  inappropriate_fallback: 86,
  user_canceled: 90,
  no_renegotiation: 100,
  missing_extension: 109,
  unsupported_extension: 110,
  certificate_unobtainable_RESERVED: 111,
  unrecognized_name: 112,
  bad_certificate_status_response: 113,
  bad_certificate_hash_value_RESERVED: 114,
  unknown_psk_identity: 115,
  certificate_required: 116,
  general_error: 117,
  no_application_protocol: 120,
  ech_required: 121,
} as const satisfies Record<string, number>

export type AlertDescription = keyof typeof alertDescriptions

const alertNames = new Map<number, AlertDescription>(
  Object.entries(alertDescriptions).map(([name, code]) => [code, name as AlertDescription]),
)

/** The IANA name of an alert, or `alert_<number>` for one that is not registered. */
export function alertName(code: number): string {
  return alertNames.get(code) ?? `alert_${code}`
}
