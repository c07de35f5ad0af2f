/** Signatures of CRLs, by node:crypto: of certificates it verifies them itself. RFC 3279 §2.2, 4055, 5758, 8410. */
import { constants, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { constructedTag, elementsOf, expectTag, objectIdentifier, tags } from './der.ts'
import type { Element } from './der.ts'

/** By object identifier; null: the message is signed as it is. */
const digests: ReadonlyMap<string, string | null> = new Map([
  ['1.2.840.113549.1.1.5', 'sha1'],
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.10045.4.1', 'sha1'],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
  ['1.3.101.112', null],
  ['1.3.101.113', null],
])

const RSASSA_PSS = '1.2.840.113549.1.1.10'
/** hashAlgorithm of RSASSA-PSS-params, by its AlgorithmIdentifier; absent: SHA-1. RFC 4055 §3.1. */
const pssDigests: ReadonlyMap<string, string> = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
])

export interface Signed {
  readonly toBeSigned: Buffer
  /** AlgorithmIdentifier. */
  readonly algorithm: Element
  /** The BIT STRING. */
  readonly signature: Element
}

/** False also for an algorithm that is in no table. @throws what node:crypto throws at a key of another kind. */
export function verifies({ toBeSigned, algorithm, signature }: Signed, key: KeyObject): boolean {
  const [type, parameters] = elementsOf(algorithm)
  const oid = objectIdentifier(expectTag(type, tags.objectIdentifier))
  // A signature is whole octets: the first one of a BIT STRING counts the unused bits.
  const octets = signature.contents.subarray(1)
  if (oid === RSASSA_PSS) {
    const padding = constants.RSA_PKCS1_PSS_PADDING
    const digest = pssDigest(parameters)
    return digest !== undefined && verify(digest, toBeSigned, { key, padding }, octets)
  }
  const digest = digests.get(oid)
  return digest !== undefined && verify(digest, toBeSigned, key, octets)
}

function pssDigest(parameters: Element | undefined): string | undefined {
  for (const field of elementsOf(expectTag(parameters, tags.sequence))) {
    if (field.tag !== constructedTag(0)) continue
    const [algorithm] = elementsOf(field)
    const [type] = elementsOf(expectTag(algorithm, tags.sequence))
    return pssDigests.get(objectIdentifier(expectTag(type, tags.objectIdentifier)))
  }
  return 'sha1'
}
