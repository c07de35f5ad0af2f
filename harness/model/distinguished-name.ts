/**
 * The text of a DER distinguished name. RFC 4514, with RFC 5280 §4.1.2.4 for the types that occur.
 * Not a validator: the order inside a SET OF is taken as it comes. Imports nothing.
 *
 * Where RFC 4514 leaves a choice, this prints what `openssl -nameopt RFC2253,-esc_msb,utf8` prints: upper case hex,
 * and the attributes of a multi-valued RDN in reverse order of encoding. One extension: `emailAddress`, which has no
 * RFC 4514 keyword. One difference: RFC 4514 §3 spells `STREET`, OpenSSL `street`. Other types are a dotted OID
 * with a `#hex` value, including a few that OpenSSL has a name for (serialNumber, title, ...).
 */

/** RFC 4514 §3, then our extension. Keys are the content bytes of the OBJECT IDENTIFIER in hex. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['550403', 'CN'],
  ['550407', 'L'],
  ['550408', 'ST'],
  ['55040A', 'O'],
  ['55040B', 'OU'],
  ['550406', 'C'],
  ['550409', 'STREET'],
  ['0992268993F22C640119', 'DC'],
  ['0992268993F22C640101', 'UID'],
  ['2A864886F70D010901', 'emailAddress'],
])

const tag = { objectIdentifier: 0x06, sequence: 0x30, set: 0x31 } as const

/** Text of an attribute value by its ASN.1 tag; null when the bytes are not of that type. */
const decoders: ReadonlyMap<number, (content: Uint8Array) => string | null> = new Map([
  [0x0c, utf8],
  [0x12, latin1], // NumericString
  [0x13, latin1], // PrintableString
  [0x14, latin1], // TeletexString (T61String): in practice always Latin-1
  [0x16, latin1], // IA5String
  [0x1a, latin1], // VisibleString
  [0x1c, utf32], // UniversalString
  [0x1e, utf16], // BMPString
])

/** The RFC 4514 string of a DER Name, safe on a terminal; `#<hex>` of the whole value when it is not a Name. */
export function distinguishedNameText(der: Uint8Array): string {
  const name = onlyElement(der, tag.sequence)
  const rdns = name && elements(name.content)?.map(relativeName)
  if (!rdns?.every((rdn) => rdn !== null)) return hexValue(der)
  return rdns.reverse().join(',')
}

function relativeName(rdn: Element): string | null {
  if (rdn.tag !== tag.set) return null
  const attributes = elements(rdn.content)?.map(attributeText)
  if (!attributes?.length || !attributes.every((attribute) => attribute !== null)) return null
  return attributes.reverse().join('+')
}

function attributeText(attribute: Element): string | null {
  if (attribute.tag !== tag.sequence) return null
  const [type, value, ...rest] = elements(attribute.content) ?? []
  if (type?.tag !== tag.objectIdentifier || value === undefined || rest.length > 0) return null
  const shortName = shortNames.get(hex(type.content))
  if (shortName === undefined) {
    const oid = dottedOid(type.content)
    return oid === null ? null : `${oid}=${hexValue(value.raw)}`
  }
  const text = decoders.get(value.tag)?.(value.content) ?? null
  return `${shortName}=${text === null ? hexValue(value.raw) : escapeValue(text)}`
}

/** RFC 4514 §2.4, and everything that could steer a terminal or reorder a line. */
const special = /^[ #]|[ ]$|["+,;<>\\]|[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu
const backslashed = ' #"+,;<>\\'

function escapeValue(text: string): string {
  return text.replace(special, (character) =>
    backslashed.includes(character) ? `\\${character}` : hex(Buffer.from(character)).replace(/../g, '\\$&'),
  )
}

interface Element {
  readonly tag: number
  readonly content: Uint8Array
  /** With tag and length. */
  readonly raw: Uint8Array
}

/** Every DER element of these bytes; null when they are not a whole number of them. */
function elements(bytes: Uint8Array): Element[] | null {
  const found: Element[] = []
  for (let offset = 0; offset < bytes.length;) {
    const element = elementAt(bytes, offset)
    if (element === null) return null
    found.push(element)
    offset += element.raw.length
  }
  return found
}

function onlyElement(bytes: Uint8Array, expectedTag: number): Element | null {
  const element = elementAt(bytes, 0)
  return element?.tag === expectedTag && element.raw.length === bytes.length ? element : null
}

/** X.690 §8.1 with §10.1: definite, shortest lengths. Four length bytes are more than a handshake message holds. */
function elementAt(bytes: Uint8Array, offset: number): Element | null {
  const [identifier, first] = bytes.subarray(offset, offset + 2)
  if (identifier === undefined || first === undefined || (identifier & 0x1f) === 0x1f) return null
  let start = offset + 2
  let lengthBytes = first
  if (first >= 0x80) {
    const size = first & 0x7f
    const digits = bytes.subarray(start, start + size)
    if (size === 0 || size > 4 || digits.length < size || digits[0] === 0) return null
    lengthBytes = digits.reduce((sum, digit) => sum * 256 + digit, 0)
    if (lengthBytes < 0x80) return null
    start += size
  }
  const end = start + lengthBytes
  if (end > bytes.length) return null
  return { tag: identifier, content: bytes.subarray(start, end), raw: bytes.subarray(offset, end) }
}

/** Longer than any OID in use (2.25 with a UUID takes 20 bytes); keeps the arithmetic below small. */
const MAX_OID_BYTES = 128

/** X.690 §8.19. */
function dottedOid(content: Uint8Array): string | null {
  if (content.length === 0 || content.length > MAX_OID_BYTES || ((content.at(-1) ?? 0) & 0x80) !== 0)
    return null
  const arcs: bigint[] = []
  let arc = 0n
  let atStart = true
  for (const byte of content) {
    if (atStart && byte === 0x80) return null
    arc = (arc << 7n) | BigInt(byte & 0x7f)
    atStart = (byte & 0x80) === 0
    if (atStart) {
      arcs.push(arc)
      arc = 0n
    }
  }
  const [first = 0n, ...others] = arcs
  const root = first < 80n ? first / 40n : 2n
  return [root, first - root * 40n, ...others].join('.')
}

function hexValue(bytes: Uint8Array): string {
  return `#${hex(bytes)}`
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase()
}

function latin1(content: Uint8Array): string {
  return Buffer.from(content).toString('latin1')
}

function utf8(content: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return null
  }
}

function utf16(content: Uint8Array): string | null {
  if (content.length % 2 !== 0) return null
  const text = Buffer.from(content).swap16().toString('utf16le')
  return /\p{Surrogate}/u.test(text) ? null : text
}

function utf32(content: Uint8Array): string | null {
  if (content.length % 4 !== 0) return null
  const view = new DataView(content.buffer, content.byteOffset, content.length)
  let text = ''
  for (let offset = 0; offset < content.length; offset += 4) {
    const codePoint = view.getUint32(offset)
    if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) return null
    text += String.fromCodePoint(codePoint)
  }
  return text
}
