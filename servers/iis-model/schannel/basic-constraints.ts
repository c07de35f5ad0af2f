/**
 * The basicConstraints extension of an encoded certificate. RFC 5280 §4.2.1.9.
 * Only for CA certificates: the end entity's is never asked for, so this is off the common path.
 */
import type { asn1 as forge } from 'node-forge'
import asn1 from 'node-forge/lib/asn1.js'

export interface BasicConstraints {
  readonly cA: boolean
  /** null: any number of intermediates may follow. */
  readonly pathLenConstraint: number | null
}

const BASIC_CONSTRAINTS = asn1.oidToDer('2.5.29.19').getBytes()
/** TBSCertificate.extensions is tagged [3]. RFC 5280 §4.1. */
const EXTENSIONS_TAG = 3

/** What stands for an extension that is there and cannot be read: not a CA. */
const UNREADABLE: BasicConstraints = { cA: false, pathLenConstraint: null }

/** null: the extension is absent. */
export function readBasicConstraints(der: Buffer): BasicConstraints | null {
  try {
    const value = extensionValue(parse(der.toString('latin1')))
    return value === null ? null : decode(parse(value))
  } catch {
    return UNREADABLE
  }
}

function parse(bytes: string): forge.Asn1 {
  return asn1.fromDer(bytes, { strict: true, parseAllBytes: true, decodeBitStrings: false })
}

function extensionValue(certificate: forge.Asn1): string | null {
  const [tbsCertificate] = fieldsOf(certificate)
  const tagged = tbsCertificate && fieldsOf(tbsCertificate).find(isExtensions)
  const extensions = tagged && fieldsOf(tagged)[0]
  for (const extension of extensions ? fieldsOf(extensions) : []) {
    const fields = fieldsOf(extension)
    // The value is the last field; `critical` may stand before it.
    const value = fields.at(-1)?.value
    if (fields[0]?.value === BASIC_CONSTRAINTS && typeof value === 'string') return value
  }
  return null
}

const isExtensions = ({ tagClass, type }: forge.Asn1): boolean =>
  tagClass === asn1.Class.CONTEXT_SPECIFIC && (type as number) === EXTENSIONS_TAG

function decode(sequence: forge.Asn1): BasicConstraints {
  const fields = fieldsOf(sequence)
  const cA = fields.find(({ type }) => type === asn1.Type.BOOLEAN)
  const pathLenConstraint = fields.find(({ type }) => type === asn1.Type.INTEGER)
  return {
    cA: cA !== undefined && cA.value !== '\0',
    pathLenConstraint: pathLenConstraint === undefined ? null : integer(pathLenConstraint),
  }
}

function integer({ value }: forge.Asn1): number {
  return typeof value === 'string' ? Number.parseInt(Buffer.from(value, 'latin1').toString('hex'), 16) : NaN
}

function fieldsOf({ value }: forge.Asn1): readonly forge.Asn1[] {
  return Array.isArray(value) ? value : []
}
