/**
 * Text forms of DER: PEM (RFC 7468) and base64 on a single line. PKCS#12 is pkcs12.ts.
 */

export type PemLabel = 'CERTIFICATE' | 'X509 CRL'

/** RFC 7468 §2: lines of 64 characters. */
const LINE = /.{1,64}/g

export function encodePem(label: PemLabel, der: Uint8Array): string {
  const lines = singleLineBase64(der).match(LINE) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** The DER of every block with this label, in order; other blocks and text around them are skipped. */
export function decodePem(label: PemLabel, text: string): readonly Uint8Array[] {
  const block = new RegExp(`-----BEGIN ${label}-----([^-]*)-----END ${label}-----`, 'g')
  return [...text.matchAll(block)].map(([, base64 = '']) => new Uint8Array(Buffer.from(base64, 'base64')))
}

/** What IIS one-to-one mappings take as the certificate: no armour, no line break. */
export function singleLineBase64(der: Uint8Array): string {
  return Buffer.from(der).toString('base64')
}
