/**
 * Certificate types of a TLS 1.2 CertificateRequest by number. RFC 5246 §7.4.4, RFC 8422 §5.5, RFC 9189.
 * Names as in the IANA registry "TLS ClientCertificateType Identifiers"; written from these RFCs in November 2026.
 */

const names: ReadonlyMap<number, string> = new Map([
  [1, 'rsa_sign'],
  [2, 'dss_sign'],
  [3, 'rsa_fixed_dh'],
  [4, 'dss_fixed_dh'],
  [5, 'rsa_ephemeral_dh_RESERVED'],
  [6, 'dss_ephemeral_dh_RESERVED'],
  [20, 'fortezza_dms_RESERVED'],
  [64, 'ecdsa_sign'],
  [65, 'rsa_fixed_ecdh'],
  [66, 'ecdsa_fixed_ecdh'],
  [67, 'gost_sign256'],
  [68, 'gost_sign512'],
])

/** The IANA name, or `certificate_type_<number>` for one that is not assigned. */
export function clientCertificateTypeName(code: number): string {
  return names.get(code) ?? `certificate_type_${code}`
}
