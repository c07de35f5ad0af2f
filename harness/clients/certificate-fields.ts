/**
 * The two fields of a certificate that a browser looks at and node:crypto does not give: the encoded issuer and
 * keyUsage. RFC 5280 §4.1, §4.2.1.3. A small reader of DER (X.690): whatever is not DER has neither.
 */

export interface CertificateFields {
  /** The encoded issuer Name; null when it could not be found. */
  readonly issuerDer: Uint8Array | null
  /** Whether keyUsage allows digitalSignature; null: there is no such extension. */
  readonly digitalSignature: boolean | null
}

const tag = {
  boolean: 0x01,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  sequence: 0x30,
  /** [0] EXPLICIT Version and [3] EXPLICIT Extensions. */
  version: 0xa0,
  extensions: 0xa3,
} as const

/** id-ce-keyUsage, 2.5.29.15. */
const KEY_USAGE = '551d0f'
/** RFC 5280 §4.2.1.3: digitalSignature is bit 0, the highest of the first octet. */
const DIGITAL_SIGNATURE = 0x80

export function certificateFields(der: Uint8Array): CertificateFields {
  const [certificate] = elements(der)
  const [tbsCertificate] = contents(certificate, tag.sequence)
  const fields = contents(tbsCertificate, tag.sequence)
  // RFC 5280 §4.1: version (absent in v1), serialNumber, signature, issuer, ...
  const issuer = fields[fields[0]?.tag === tag.version ? 3 : 2]
  return {
    issuerDer: issuer?.tag === tag.sequence ? issuer.raw : null,
    digitalSignature: digitalSignatureOf(fields.find((field) => field.tag === tag.extensions)),
  }
}

function digitalSignatureOf(wrapped: Element | undefined): boolean | null {
  const [list] = contents(wrapped, tag.extensions)
  for (const extension of contents(list, tag.sequence)) {
    const [type, ...rest] = contents(extension, tag.sequence)
    if (type?.tag !== tag.objectIdentifier || hex(type.content) !== KEY_USAGE) continue
    // Between the two may stand `critical`.
    const [bits] = contents(rest.at(-1), tag.octetString)
    // The first octet counts the unused bits of the last one.
    return bits?.tag === tag.bitString && ((bits.content[1] ?? 0) & DIGITAL_SIGNATURE) !== 0
  }
  return null
}

interface Element {
  readonly tag: number
  readonly content: Uint8Array
  /** With tag and length. */
  readonly raw: Uint8Array
}

/** What stands in an element; nothing when it is absent or of another type. */
function contents(element: Element | undefined, expected: number): readonly Element[] {
  return element?.tag === expected ? elements(element.content) : []
}

/** The elements of these bytes up to the first that is none. */
function elements(bytes: Uint8Array): readonly Element[] {
  const found: Element[] = []
  for (let offset = 0; offset < bytes.length;) {
    const element = elementAt(bytes, offset)
    if (element === null) break
    found.push(element)
    offset += element.raw.length
  }
  return found
}

/** X.690 §8.1.3: lengths of up to three bytes, far more than a certificate has. */
function elementAt(bytes: Uint8Array, offset: number): Element | null {
  const [identifier, first] = bytes.subarray(offset, offset + 2)
  if (identifier === undefined || first === undefined) return null
  const lengthOctets = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || lengthOctets > 3) return null
  const start = offset + 2 + lengthOctets
  const lengthBytes =
    first < 0x80 ? first : bytes.subarray(offset + 2, start).reduce((sum, octet) => sum * 256 + octet, 0)
  const end = start + lengthBytes
  if (end > bytes.length) return null
  return { tag: identifier, content: bytes.subarray(start, end), raw: bytes.subarray(offset, end) }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
