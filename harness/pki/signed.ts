/**
 * The outer shape that certificates and CRLs share: what is signed, the algorithm, the signature.
 * RFC 5280 §4.1.1 and §5.1.1.
 */
import { bitString, encodeDer, sequence } from './asn1.ts'
import type { Asn1 } from './asn1.ts'
import { signatureAlgorithm, signatureValue } from './key.ts'
import type { KeyPair } from './key.ts'

export function signed(toBeSigned: Asn1, signer: KeyPair): Uint8Array {
  const signature = signatureValue(signer, encodeDer(toBeSigned))
  return encodeDer(sequence(toBeSigned, signatureAlgorithm(signer), bitString(signature)))
}
