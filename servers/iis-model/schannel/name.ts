/**
 * A distinguished name by its RelativeDistinguishedNames: RFC 5280 §4.1.2.4, attributes in the order of encoding.
 * What is made of it is elsewhere: rules in mapping/many-to-one.ts, texts in mapping/name-text.ts and pages/name-text.ts.
 */
import { decode, DerError, elementsOf, expectTag, objectIdentifier, tags } from './der.ts'
import type { Element } from './der.ts'

/** One RelativeDistinguishedName: usually one attribute. */
export type RelativeName = readonly Attribute[]

export interface Attribute {
  /** The object identifier, dotted. */
  readonly type: string
  /** As CertNameToStr names the type, e.g. `CN`; null: it has no name for it. */
  readonly shortName: string | null
  /** null: a type of string that nobody reads. */
  readonly text: string | null
  /** The value's contents. */
  readonly contents: Buffer
}

/** null: it is no Name. An empty Name has no attributes, and is one. */
export function readName(der: Buffer): readonly RelativeName[] | null {
  try {
    return [...elementsOf(decode(der, tags.sequence))].map(relativeName)
  } catch (thrown) {
    if (thrown instanceof DerError) return null
    throw thrown
  }
}

const relativeName = (set: Element): RelativeName =>
  [...elementsOf(expectTag(set, tags.set))].map((attribute) => {
    const [oid, ...values] = elementsOf(expectTag(attribute, tags.sequence))
    const type = objectIdentifier(expectTag(oid, tags.objectIdentifier))
    const [value] = values
    if (value === undefined || values.length > 1) {
      throw new DerError('bad-tag', `${values.length} values of an attribute`, 0)
    }
    return {
      type,
      shortName: shortNames.get(type) ?? null,
      text: decoders[value.tag]?.(value.contents) ?? null,
      contents: value.contents,
    }
  })

/** CERT_X500_NAME_STR's names. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.4', 'SN'],
  ['2.5.4.5', 'SERIALNUMBER'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'S'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.12', 'T'],
  ['2.5.4.42', 'G'],
  ['2.5.4.43', 'I'],
  ['1.2.840.113549.1.9.1', 'E'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
])

const utf8 = (contents: Buffer): string => contents.toString('utf8')
const latin1 = (contents: Buffer): string => contents.toString('latin1')

/**
 * DirectoryString and IA5String by their tags. T61String is read as Latin-1, which is what people put there (inferred).
 * Lossy on purpose: bytes that the type does not allow become a replacement character.
 */
const decoders: Readonly<Record<number, (contents: Buffer) => string>> = {
  /** UTF8String */
  12: utf8,
  /** NumericString, PrintableString, T61String, IA5String, VisibleString */
  18: latin1,
  19: latin1,
  20: latin1,
  22: latin1,
  26: latin1,
  /** UniversalString, UCS-4 */
  28: ucs4,
  /** BMPString, UCS-2 */
  30: ucs2,
}

/** A last octet that is half a character is left out, here and below. */
function ucs2(contents: Buffer): string {
  return Buffer.from(contents.subarray(0, contents.length & ~1))
    .swap16()
    .toString('utf16le')
}

const REPLACEMENT_CHARACTER = 0xfffd
const LAST_CODE_POINT = 0x10ffff

function ucs4(contents: Buffer): string {
  const characters: string[] = []
  for (let at = 0; at + 4 <= contents.length; at += 4) {
    const code = contents.readUInt32BE(at)
    characters.push(String.fromCodePoint(code > LAST_CODE_POINT ? REPLACEMENT_CHARACTER : code))
  }
  return characters.join('')
}
