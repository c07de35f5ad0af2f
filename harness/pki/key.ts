/**
 * Key pairs and signatures, by node:crypto: forge signs with RSA only. RFC 5280 §4.1.1.2, RFC 3279 §2.2,
 * RFC 5758 §3.2, RFC 8410 §3.
 */
import { createHash, generateKeyPair, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { KeySpec } from '../model/identity.ts'
import { contentsOf, decodeDer, elementsOf, nothing, objectIdentifier, sequence } from './asn1.ts'
import type { Asn1 } from './asn1.ts'

/** A key pair that has to be made; the other kind is that of somebody who has one. */
export type OwnKeySpec = Exclude<KeySpec, { kind: 'of' }>

export interface KeyPair {
  readonly spec: OwnKeySpec
  readonly privateKey: KeyObject
  /** SubjectPublicKeyInfo. */
  readonly subjectPublicKeyInfo: Asn1
  /** subjectKeyIdentifier, and authorityKeyIdentifier of what this key signs. */
  readonly keyIdentifier: Uint8Array
}

const generate = promisify(generateKeyPair)

/** Runs in the thread pool: ask for many at once. */
export async function makeKeyPair(spec: OwnKeySpec): Promise<KeyPair> {
  const { publicKey, privateKey } = await generateFor(spec)
  const subjectPublicKeyInfo = decodeDer(publicKey.export({ type: 'spki', format: 'der' }))
  return { spec, privateKey, subjectPublicKeyInfo, keyIdentifier: keyIdentifier(subjectPublicKeyInfo) }
}

/** The AlgorithmIdentifier of this key's signatures. */
export function signatureAlgorithm({ spec }: KeyPair): Asn1 {
  const { oid, parameters } = signatureOf(spec)
  return sequence(objectIdentifier(oid), parameters)
}

/** The contents of signatureValue: for ECDSA an Ecdsa-Sig-Value, as X.509 wants it. */
export function signatureValue(signer: KeyPair, bytes: Uint8Array): Uint8Array {
  return sign(signatureOf(signer.spec).digest, bytes, signer.privateKey)
}

interface SignatureAlgorithm {
  readonly oid: string
  readonly digest: string | null
  /** RFC 3279 §2.2.1: NULL for RSA; absent for the others. */
  readonly parameters: Asn1 | null
}

const sha256WithRSAEncryption: SignatureAlgorithm = {
  oid: '1.2.840.113549.1.1.11',
  digest: 'sha256',
  parameters: nothing(),
}

/** RFC 8410 §3: the message is signed as it is. */
const ed25519: SignatureAlgorithm = { oid: '1.3.101.112', digest: null, parameters: null }

/** Each curve with the digest of its own strength. */
const ecdsa = {
  'P-256': { oid: '1.2.840.10045.4.3.2', digest: 'sha256', parameters: null },
  'P-384': { oid: '1.2.840.10045.4.3.3', digest: 'sha384', parameters: null },
  'P-521': { oid: '1.2.840.10045.4.3.4', digest: 'sha512', parameters: null },
} as const satisfies Record<string, SignatureAlgorithm>

function signatureOf(spec: OwnKeySpec): SignatureAlgorithm {
  switch (spec.kind) {
    case 'rsa':
      return sha256WithRSAEncryption
    case 'ec':
      return ecdsa[spec.curve]
    case 'ed25519':
      return ed25519
  }
}

function generateFor(spec: OwnKeySpec): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  switch (spec.kind) {
    case 'rsa':
      return generate('rsa', { modulusLength: spec.bits })
    case 'ec':
      return generate('ec', { namedCurve: spec.curve })
    case 'ed25519':
      return generate('ed25519', {})
  }
}

/** RFC 7093 §2 method 1: the leftmost 160 bits of the SHA-256 of subjectPublicKey. RFC 5280 leaves the method open. */
function keyIdentifier(subjectPublicKeyInfo: Asn1): Uint8Array {
  const [, subjectPublicKey] = elementsOf(subjectPublicKeyInfo)
  const withoutUnusedBitsOctet = contentsOf(subjectPublicKey).subarray(1)
  return new Uint8Array(createHash('sha256').update(withoutUnusedBitsOctet).digest().subarray(0, 20))
}
