/** How long a certificate's key is, as CERT_SECRETKEYSIZE counts. */
import type { KeyObject } from 'node:crypto'

/** The curves that Schannel signs with. */
const curveBits: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384, secp521r1: 521 }

/** Empty for a key that node:crypto cannot make sense of. */
export function keyBits(certificate: { readonly publicKey: KeyObject }): string {
  try {
    const { modulusLength, namedCurve } = certificate.publicKey.asymmetricKeyDetails ?? {}
    return String(modulusLength ?? curveBits[namedCurve ?? ''] ?? '')
  } catch {
    return ''
  }
}
