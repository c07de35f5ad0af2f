/**
 * A DER distinguished name as IIS shows it in CERT_SUBJECT and CERT_ISSUER: `C=US, O=Example, CN=alice`, in the order of
 * encoding [srvvars] [aspcc]. Values are printed as they are, without the quoting of CertNameToStr, so two different
 * names can give one text: this is for people to read, never for comparing. Other than RFC 4514, whose text is
 * harness/model/distinguished-name.ts.
 */
import { visible } from './escape.ts'

/** The sub-field names of [aspcc], then those that CertNameToStr adds. Keys are OBJECT IDENTIFIER contents in hex. */
const keywords: ReadonlyMap<string, string> = new Map([
  ['550406', 'C'],
  ['550403', 'CN'],
  ['55042a', 'GN'],
  ['55042b', 'I'],
  ['550407', 'L'],
  ['55040a', 'O'],
  ['55040b', 'OU'],
  ['550408', 'S'],
  ['55040c', 'T'],
  ['550404', 'SN'],
  ['550409', 'STREET'],
  ['0992268993f22c640119', 'DC'],
  ['2a864886f70d010901', 'E'],
])

export interface NameAttribute {
  /** A keyword, or `OID.` and the dotted number. */
  readonly type: string
  readonly text: string
}

const tag = { objectIdentifier: 0x06, sequence: 0x30, set: 0x31 } as const

const latin1 = (content: Buffer): string => content.toString('latin1')

/** Lossy on purpose: bytes that the type does not allow become a replacement character. */
const decoders: ReadonlyMap<number, (content: Buffer) => string> = new Map([
  [0x0c, (content) => content.toString('utf8')],
  [0x12, latin1], // NumericString
  [0x13, latin1], // PrintableString
  [0x14, latin1], // TeletexString
  [0x16, latin1], // IA5String
  [0x1a, latin1], // VisibleString
  [0x1e, utf16], // BMPString
])

/** Empty for an empty name and for bytes that are none. */
export function nameText(der: Uint8Array): string {
  return nameAttributes(der)
    .map((rdn) => rdn.map(({ type, text }) => `${type}=${text}`).join(' + '))
    .join(', ')
}

/** The relative names in order of encoding; empty when the bytes are no name. */
export function nameAttributes(der: Uint8Array): readonly (readonly NameAttribute[])[] {
  const [name, ...rest] = elements(der) ?? []
  if (name?.tag !== tag.sequence || rest.length > 0) return []
  const rdns = elements(name.content)?.map(relativeName) ?? []
  return rdns.every((rdn) => rdn !== null) ? rdns : []
}

function relativeName({ tag: found, content }: Element): readonly NameAttribute[] | null {
  if (found !== tag.set) return null
  const attributes = elements(content)?.map(attribute) ?? null
  return attributes?.every((one) => one !== null) ? attributes : null
}

function attribute({ tag: found, content }: Element): NameAttribute | null {
  const [type, value, ...rest] = (found === tag.sequence && elements(content)) || []
  if (type?.tag !== tag.objectIdentifier || value === undefined || rest.length > 0) return null
  const hex = Buffer.from(type.content).toString('hex')
  return { type: keywords.get(hex) ?? `OID.${dotted(type.content)}`, text: visible(valueText(value)) }
}

function valueText({ tag: found, content }: Element): string {
  const bytes = Buffer.from(content)
  return decoders.get(found)?.(bytes) ?? `#${bytes.toString('hex')}`
}

/** A copy of the certificate's bytes comes in: they are swapped in place. */
function utf16(content: Buffer): string {
  return content
    .subarray(0, content.length - (content.length % 2))
    .swap16()
    .toString('utf16le')
}

/** X.690 §8.19, to 2^53: an object identifier beyond that is nobody's, and printed inexactly. */
function dotted(content: Uint8Array): string {
  const arcs: number[] = []
  let arc = 0
  for (const byte of content.subarray(0, MAX_OID_BYTES)) {
    arc = (arc % 2 ** 46) * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      arcs.push(arc)
      arc = 0
    }
  }
  const [first = 0, ...others] = arcs
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - root * 40, ...others].join('.')
}

const MAX_OID_BYTES = 128

interface Element {
  readonly tag: number
  readonly content: Uint8Array
}

/** Every DER element of these bytes; null when they are not a whole number of them. X.690 §8.1. */
function elements(bytes: Uint8Array): readonly Element[] | null {
  const found: Element[] = []
  for (let offset = 0; offset < bytes.length;) {
    const [identifier = 0, first = 0] = bytes.subarray(offset, offset + 2)
    const digits = bytes.subarray(offset + 2, offset + 2 + (first < 0x80 ? 0 : first & 0x7f))
    if (first === 0x80 || digits.length > 3 || offset + 2 > bytes.length) return null
    const length = first < 0x80 ? first : digits.reduce((sum, digit) => sum * 256 + digit, 0)
    const start = offset + 2 + digits.length
    if (start + length > bytes.length) return null
    found.push({ tag: identifier, content: bytes.subarray(start, start + length) })
    offset = start + length
  }
  return found
}
