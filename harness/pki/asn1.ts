/**
 * ASN.1 values and their DER encoding (X.690), by node-forge: only the types that X.509 uses.
 * The only file that knows how forge represents bytes. What the values mean is its neighbours' business.
 */
import type { asn1 as forgeTypes } from 'node-forge'
import asn1 from 'node-forge/lib/asn1.js'

export type Asn1 = forgeTypes.Asn1

/** Absent OPTIONAL fields are null. */
type Fields = readonly (Asn1 | null)[]

const { Class, Type } = asn1

export function sequence(...fields: Fields): Asn1 {
  return constructed(Class.UNIVERSAL, Type.SEQUENCE, fields)
}

/** X.690 §11.6: the elements of a SET OF stand in the order of their encodings. */
export function setOf(...elements: readonly Asn1[]): Asn1 {
  const sorted = elements
    .map((element) => ({ element, der: encodeDer(element) }))
    .sort((a, b) => Buffer.compare(a.der, b.der))
    .map(({ element }) => element)
  return constructed(Class.UNIVERSAL, Type.SET, sorted)
}

/** `[tag] EXPLICIT`, and `[tag] IMPLICIT` of a constructed type. */
export function tagged(tag: number, ...fields: Fields): Asn1 {
  return constructed(Class.CONTEXT_SPECIFIC, tag, fields)
}

/** `[tag] IMPLICIT` of a primitive type. */
export function taggedPrimitive(tag: number, value: Uint8Array): Asn1 {
  return asn1.create(Class.CONTEXT_SPECIFIC, tag, false, binary(value))
}

export function objectIdentifier(oid: string): Asn1 {
  return universal(Type.OID, asn1.oidToDer(oid).getBytes())
}

export function nothing(): Asn1 {
  return universal(Type.NULL, '')
}

/** DER never encodes a DEFAULT FALSE, so TRUE is the only BOOLEAN that X.509 extensions carry. */
export function booleanTrue(): Asn1 {
  return universal(Type.BOOLEAN, '\xff')
}

/** A small non-negative number, or the big-endian bytes of a positive one (two's complement: no top bit). */
export function integer(value: number | Uint8Array): Asn1 {
  return universal(
    Type.INTEGER,
    typeof value === 'number' ? asn1.integerToDer(value).getBytes() : binary(value),
  )
}

export function octetString(value: Uint8Array): Asn1 {
  return universal(Type.OCTETSTRING, binary(value))
}

export function bitString(value: Uint8Array, unusedBits = 0): Asn1 {
  return universal(Type.BITSTRING, String.fromCharCode(unusedBits) + binary(value))
}

export function utf8String(text: string): Asn1 {
  return universal(Type.UTF8, binary(Buffer.from(text, 'utf8')))
}

export function printableString(text: string): Asn1 {
  return universal(Type.PRINTABLESTRING, text)
}

export function ia5String(text: string): Asn1 {
  return universal(Type.IA5STRING, text)
}

export function bmpString(text: string): Asn1 {
  return universal(Type.BMPSTRING, text)
}

/** RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050; UTCTime cannot say 1949 either. */
export function time(epochMs: number): Asn1 {
  const date = new Date(epochMs)
  const year = date.getUTCFullYear()
  return year >= 1950 && year < 2050
    ? universal(Type.UTCTIME, asn1.dateToUtcTime(date))
    : universal(Type.GENERALIZEDTIME, asn1.dateToGeneralizedTime(date))
}

export function encodeDer(value: Asn1): Uint8Array {
  return new Uint8Array(Buffer.from(asn1.toDer(value).getBytes(), 'latin1'))
}

/** Decodes DER without guessing at the contents of BIT STRINGs: a random public key can look like ASN.1. */
export function decodeDer(der: Uint8Array): Asn1 {
  return asn1.fromDer(binary(der), { strict: true, parseAllBytes: true, decodeBitStrings: false })
}

/** The elements of a constructed value; none when it is primitive. */
export function elementsOf(value: Asn1 | undefined): readonly Asn1[] {
  return typeof value?.value === 'object' ? value.value : []
}

/** The contents octets of a primitive value; none when it is constructed. */
export function contentsOf(value: Asn1 | undefined): Uint8Array {
  return new Uint8Array(Buffer.from(typeof value?.value === 'string' ? value.value : '', 'latin1'))
}

/** Whether this is `[tag]`. */
export function hasTag(value: Asn1 | undefined, tag: number): boolean {
  return value?.tagClass === Class.CONTEXT_SPECIFIC && (value.type as number) === tag
}

function constructed(tagClass: forgeTypes.Class, type: number, fields: Fields): Asn1 {
  return asn1.create(
    tagClass,
    type,
    true,
    fields.filter((field) => field !== null),
  )
}

function universal(type: forgeTypes.Type, value: string): Asn1 {
  return asn1.create(Class.UNIVERSAL, type, false, value)
}

function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
