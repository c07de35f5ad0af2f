/**
 * A distinguished name as rules and the directory read it: RFC 5280 §4.1.2.4, attributes in the order of encoding.
 * Its text as the directory has it is name-text.ts.
 */
import { HarnessError } from '../../../harness/model/errors.ts'
import { decode, elementsOf, expectTag, objectIdentifier, tags } from '../schannel/der.ts'
import type { Element } from '../schannel/der.ts'

/** One RelativeDistinguishedName: usually one attribute. */
export type RelativeName = readonly Attribute[]

export interface Attribute {
  /** The object identifier, dotted. */
  readonly type: string
  /** null: a type of string that nobody reads. */
  readonly value: string | null
}

/** null: it is no Name. An empty Name has no attributes, and is one. */
export function readName(der: Buffer): readonly RelativeName[] | null {
  try {
    return [...elementsOf(decode(der, tags.sequence))].map(attributes)
  } catch (thrown) {
    if (thrown instanceof HarnessError && thrown.code === 'ERR_DER') return null
    throw thrown
  }
}

const attributes = (set: Element): RelativeName =>
  [...elementsOf(expectTag(set, tags.set))].map((attribute) => {
    const [type, value] = elementsOf(expectTag(attribute, tags.sequence))
    return {
      type: objectIdentifier(expectTag(type, tags.objectIdentifier)),
      value: value ? text(value) : null,
    }
  })

const utf8 = (contents: Buffer): string => contents.toString('utf8')
const latin1 = (contents: Buffer): string => contents.toString('latin1')

/** DirectoryString and IA5String by their tags. T61String is read as Latin-1, which is what people put there (inferred). */
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

const text = ({ tag, contents }: Element): string | null => decoders[tag]?.(contents) ?? null

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
