/**
 * Named groups by number. RFC 8446 §4.2.7, RFC 8422 §5.1.1, RFC 7919 §2, RFC 8734 §2 (Brainpool in TLS 1.3), RFC 7027.
 * Names as in the IANA registry "TLS Supported Groups"; written from these RFCs and, for the hybrid groups, from
 * draft-ietf-tls-ecdhe-mlkem, in November 2026. The other curves of RFC 4492 are left out.
 */

const names: ReadonlyMap<number, string> = new Map([
  [14, 'sect571r1'],
  [19, 'secp192r1'],
  [21, 'secp224r1'],
  [22, 'secp256k1'],
  [23, 'secp256r1'],
  [24, 'secp384r1'],
  [25, 'secp521r1'],
  [26, 'brainpoolP256r1'],
  [27, 'brainpoolP384r1'],
  [28, 'brainpoolP512r1'],
  [29, 'x25519'],
  [30, 'x448'],
  [31, 'brainpoolP256r1tls13'],
  [32, 'brainpoolP384r1tls13'],
  [33, 'brainpoolP512r1tls13'],
  [256, 'ffdhe2048'],
  [257, 'ffdhe3072'],
  [258, 'ffdhe4096'],
  [259, 'ffdhe6144'],
  [260, 'ffdhe8192'],
  [512, 'MLKEM512'],
  [513, 'MLKEM768'],
  [514, 'MLKEM1024'],
  [4587, 'SecP256r1MLKEM768'],
  [4588, 'X25519MLKEM768'],
  [4589, 'SecP384r1MLKEM1024'],
])

/** The IANA name, or `group_<hex>` for a number that is not in the table. */
export function namedGroupName(code: number): string {
  return names.get(code) ?? `group_${code.toString(16).padStart(4, '0')}`
}
