/**
 * The parts of an encoded certificate that node:crypto does not show: the encoded names and the extensions.
 * RFC 5280 §4.1. What an extension's value means is extensions.ts.
 */
import { constructedTag, decode, elementsOf, expectTag, objectIdentifier, tags } from './der.ts'
import type { Element } from './der.ts'

export interface Extension {
  readonly critical: boolean
  /** The contents of extnValue. */
  readonly value: Buffer
}

export interface CertificateFields {
  /** The whole encoded Name. */
  readonly issuerDer: Buffer
  readonly subjectDer: Buffer
  /** By object identifier. Of one that stands twice, the first. */
  readonly extensions: ReadonlyMap<string, Extension>
}

/** More extensions than a certificate has: what stands behind them is not read. */
const MAX_EXTENSIONS = 100

/** @throws HarnessError ERR_DER. */
export function readCertificateFields(der: Buffer): CertificateFields {
  const [tbsCertificate] = elementsOf(decode(der, tags.sequence))
  const fields = [...elementsOf(expectTag(tbsCertificate, tags.sequence))]
  // version [0] is absent from a certificate of version 1.
  if (fields[0]?.tag === constructedTag(0)) fields.shift()
  const [, , issuer, , subject, , ...optional] = fields
  const tagged = optional.find(({ tag }) => tag === constructedTag(3))
  return {
    issuerDer: expectTag(issuer, tags.sequence).encoded,
    subjectDer: expectTag(subject, tags.sequence).encoded,
    extensions: tagged ? readExtensions(tagged) : new Map(),
  }
}

/** Extensions, explicitly tagged, of a certificate or a CRL. @throws HarnessError ERR_DER. */
export function readExtensions(tagged: Element): ReadonlyMap<string, Extension> {
  const extensions = new Map<string, Extension>()
  for (const extension of elementsOf(decode(tagged.contents, tags.sequence))) {
    const [extnID, ...others] = elementsOf(expectTag(extension, tags.sequence))
    const oid = objectIdentifier(expectTag(extnID, tags.objectIdentifier))
    const critical = others[0]?.tag === tags.boolean && others[0].contents[0] !== 0
    const { contents: value } = expectTag(others.at(-1), tags.octetString)
    if (!extensions.has(oid)) extensions.set(oid, { critical, value })
    if (extensions.size === MAX_EXTENSIONS) break
  }
  return extensions
}
