/**
 * Reads DER (X.690): single-byte tags and definite lengths, which is all that X.509 uses. Views, never copies.
 * Every length is held against the bytes that are there, so hostile input ends in a HarnessError and nothing else.
 */
import { HarnessError } from '../../../harness/model/errors.ts'

export interface Element {
  /** The identifier octet. */
  readonly tag: number
  readonly contents: Buffer
  /** With identifier and length. */
  readonly encoded: Buffer
}

/** Identifier octets. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** `[number]` of a primitive type. */
export const contextTag = (number: number): number => 0x80 | number
/** `[number]` of a constructed type. */
export const constructedTag = (number: number): number => 0xa0 | number

/** `end-of-data`: the bytes end before the element does. `bad-tag`: something else than was expected. */
export type DerFault = 'end-of-data' | 'bad-tag'

/** What CryptoAPI has two error codes for, which the mapping of certificates logs. */
export class DerError extends HarnessError {
  readonly fault: DerFault

  constructor(fault: DerFault, seen: string, offset: number) {
    super('ERR_DER', `malformed DER: ${seen}`, { where: `byte ${offset}` })
    this.fault = fault
  }
}

/** More length octets than any object has here. */
const MAX_LENGTH_OCTETS = 4

/**
 * The element that starts at this byte. A wanted tag is compared before the length is read.
 * @throws HarnessError ERR_DER.
 */
export function readElement(bytes: Buffer, offset = 0, wantedTag?: number): Element {
  const tag = octetAt(bytes, offset)
  if (wantedTag !== undefined && tag !== wantedTag) throw otherTag(tag, wantedTag, offset)
  if ((tag & 0x1f) === 0x1f) throw malformed('a tag of several octets', offset)
  const first = octetAt(bytes, offset + 1)
  let start = offset + 2
  let length = first
  if (first >= 0x80) {
    const octets = first & 0x7f
    if (octets === 0 || octets > MAX_LENGTH_OCTETS) throw malformed(`${octets} length octets`, offset)
    length = 0
    for (; start < offset + 2 + octets; start++) length = length * 256 + octetAt(bytes, start)
  }
  const end = start + length
  if (end > bytes.length) {
    throw new DerError('end-of-data', `${length} octets announced, ${bytes.length - start} left`, offset)
  }
  return { tag, contents: bytes.subarray(start, end), encoded: bytes.subarray(offset, end) }
}

/** What stands inside a constructed element, in order. @throws HarnessError ERR_DER, where it is reached. */
export function* elementsOf({ contents }: Element): Generator<Element, undefined> {
  for (let offset = 0; offset < contents.length;) {
    const element = readElement(contents, offset)
    yield element
    offset += element.encoded.length
  }
}

/** The one element that these bytes are, of this type. @throws HarnessError ERR_DER. */
export function decode(bytes: Buffer, tag: number): Element {
  const element = readElement(bytes)
  if (element.encoded.length !== bytes.length) throw malformed('bytes after the end', element.encoded.length)
  return expectTag(element, tag)
}

/** @throws HarnessError ERR_DER, also when there is no element. */
export function expectTag(element: Element | undefined, tag: number): Element {
  if (element?.tag !== tag) throw otherTag(element?.tag, tag, 0)
  return element
}

/** Dotted decimal. X.690 §8.19. */
export function objectIdentifier(element: Element): string {
  const { contents } = expectTag(element, tags.objectIdentifier)
  const isWhole = (contents.at(-1) ?? 0x80) < 0x80
  if (!isWhole || contents.length > MAX_OID_OCTETS) throw malformed('an object identifier', 0)
  const arcs: bigint[] = []
  let arc = 0n
  for (const octet of contents) {
    arc = arc * 128n + BigInt(octet & 0x7f)
    if (octet >= 0x80) continue
    arcs.push(arc)
    arc = 0n
  }
  const [first = 0n, ...others] = arcs
  const root = first < 80n ? first / 40n : 2n
  return [root, first - root * 40n, ...others].join('.')
}

const MAX_OID_OCTETS = 128

/** Epoch milliseconds, of UTCTime or GeneralizedTime as RFC 5280 §4.1.2.5 allows them. @throws HarnessError ERR_DER. */
export function timeOf(element: Element | undefined): number {
  const text = element?.contents.toString('latin1') ?? ''
  const [, year, month, day, hour, minute, second] =
    (element?.tag === tags.utcTime ? UTC_TIME : GENERALIZED_TIME).exec(text) ?? []
  const isTime = element?.tag === tags.utcTime || element?.tag === tags.generalizedTime
  const fullYear = year?.length === 2 ? (Number(year) < 50 ? `20${year}` : `19${year}`) : year
  const epochMs = Date.parse(`${fullYear}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (!isTime || Number.isNaN(epochMs)) throw malformed('a time', 0)
  return epochMs
}

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/

function octetAt(bytes: Buffer, offset: number): number {
  const octet = bytes[offset]
  if (octet === undefined) throw new DerError('end-of-data', 'the end', offset)
  return octet
}

const malformed = (seen: string, offset: number): DerError => new DerError('bad-tag', seen, offset)

const otherTag = (seen: number | undefined, wanted: number, offset: number): DerError =>
  malformed(`tag ${seen ?? 'none'} instead of ${wanted}`, offset)
