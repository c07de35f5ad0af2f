/**
 * The certificate of a one-to-one entry: base64 of DER in one line [iiscm]. What is wrong with a damaged one is told
 * apart as IIS does it: 0x80093102 when the DER ends too early, 0x8009310B when it is something else [itq] [spike].
 * The rule behind the two numbers is inferred: the text is read up to the first character that is not base64, and
 * what came out is read as a Certificate, RFC 5280 §4.1. So a line break, a PEM header and a missing last character
 * all leave too little.
 */
import { mappingCodes } from '../codes.ts'
import { constructedTag, DerError, readElement, tags } from '../schannel/der.ts'
import type { DerFault, Element } from '../schannel/der.ts'

const faults = {
  'end-of-data': mappingCodes.CRYPT_E_ASN1_EOD.hresult,
  'bad-tag': mappingCodes.CRYPT_E_ASN1_BADTAG.hresult,
} as const satisfies Record<DerFault, number>

export type MappedCertificate =
  | { readonly kind: 'readable'; readonly der: Uint8Array }
  | { readonly kind: 'malformed'; readonly hresult: number }

export function readMappedCertificate(text: string): MappedCertificate {
  const der = Buffer.from(base64Prefix(text), 'base64')
  try {
    checkStructure(der)
    return { kind: 'readable', der }
  } catch (thrown) {
    if (!(thrown instanceof DerError)) throw thrown
    return { kind: 'malformed', hresult: faults[thrown.fault] }
  }
}

/** Up to the first character that no base64 has: a blank where a line break was, `-` of PEM, `=` at the end. */
function base64Prefix(text: string): string {
  const end = text.search(/[^A-Za-z0-9+/]/)
  return end === -1 ? text : text.slice(0, end)
}

/** Certificate and the elements of TBSCertificate down to the key. Bytes after the Certificate are let be (inferred). */
function checkStructure(der: Buffer): void {
  const { contents: certificate } = readElement(der, 0, tags.sequence)
  // tbsCertificate, signatureAlgorithm, signature
  const [tbsCertificate] = elementsInOrder(certificate, [tags.sequence, tags.sequence, tags.bitString])
  const fields = tbsCertificate?.contents ?? Buffer.alloc(0)
  elementsInOrder(fields, fields[0] === VERSION ? [VERSION, ...tbsTags] : tbsTags)
}

const VERSION = constructedTag(0)

/** serialNumber, then signature, issuer, validity, subject and subjectPublicKeyInfo. */
const tbsTags: readonly number[] = [tags.integer, ...Array<number>(5).fill(tags.sequence)]

/** @throws DerError for the first that is not what it has to be. */
function elementsInOrder(contents: Buffer, wantedTags: readonly number[]): readonly Element[] {
  let offset = 0
  return wantedTags.map((tag) => {
    const element = readElement(contents, offset, tag)
    offset += element.encoded.length
    return element
  })
}
