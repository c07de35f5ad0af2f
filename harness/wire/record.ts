/**
 * TLS record layer: splits one flow into records. RFC 8446 §5.1, RFC 5246 §6.2.1.
 * Bytes in, records out, without copies. Removing protection is record-protection.ts.
 */
import { HarnessError } from '../model/errors.ts'

/** IANA "TLS ContentType". */
export const contentTypes = {
  change_cipher_spec: 20,
  alert: 21,
  handshake: 22,
  application_data: 23,
  heartbeat: 24,
} as const

const knownContentTypes: ReadonlySet<number> = new Set(Object.values(contentTypes))

export const RECORD_HEADER_BYTES = 5

/** RFC 8446 §5.1, RFC 5246 §6.2.1: the length of a TLSPlaintext fragment MUST NOT exceed 2^14. */
export const MAX_PLAINTEXT_BYTES = 2 ** 14

/** The longest fragment by what stands in the record. */
export const maxFragmentBytes = {
  plaintext: MAX_PLAINTEXT_BYTES,
  /** RFC 5246 §6.2.3: the length of a TLSCiphertext MUST NOT exceed 2^14 + 2048. */
  tls12: MAX_PLAINTEXT_BYTES + 2048,
  /** RFC 8446 §5.2: the length of a TLSCiphertext MUST NOT exceed 2^14 + 256. */
  tls13: MAX_PLAINTEXT_BYTES + 256,
} as const

export type RecordKind = keyof typeof maxFragmentBytes

/** TLSPlaintext or TLSCiphertext: which one, the record itself does not say. */
export interface TlsRecord {
  readonly contentType: number
  readonly legacyRecordVersion: number
  readonly fragment: Uint8Array
  /** The five bytes as they stood on the wire. */
  readonly header: Uint8Array
  /** Bytes from the start of the flow to the header. */
  readonly offset: number
}

/**
 * The record at an offset of a flow; null while it has not arrived as a whole.
 * @throws HarnessError ERR_NOT_TLS, ERR_RECORD_HEADER or ERR_RECORD_OVERFLOW as soon as the header shows it.
 */
export function readRecord(flow: Uint8Array, offset: number, kind: RecordKind): TlsRecord | null {
  const header = flow.subarray(offset, offset + RECORD_HEADER_BYTES)
  const [contentType, majorVersion, minorVersion, lengthHigh, lengthLow] = header
  if (contentType === undefined) return null
  if (!knownContentTypes.has(contentType)) throw notARecord(header, offset)
  if (majorVersion === undefined) return null
  // Every version since SSL 3.0 has 3 here. RFC 8446 §5.1 lets a receiver ignore the field; a reader of captures
  // needs it to tell TLS from other protocols.
  if (majorVersion !== 3) throw notARecord(header, offset)
  if (minorVersion === undefined || lengthHigh === undefined || lengthLow === undefined) return null

  const lengthBytes = (lengthHigh << 8) | lengthLow
  // Among plaintext records, application_data is 0-RTT: a TLSCiphertext (RFC 8446 §4.2.10).
  const limit = kind === 'plaintext' && contentType === contentTypes.application_data ? 'tls13' : kind
  if (lengthBytes > maxFragmentBytes[limit]) throw overflow(lengthBytes, limit, offset)
  const end = offset + RECORD_HEADER_BYTES + lengthBytes
  if (end > flow.length) return null
  return {
    contentType,
    legacyRecordVersion: (majorVersion << 8) | minorVersion,
    fragment: flow.subarray(offset + RECORD_HEADER_BYTES, end),
    header,
    offset,
  }
}

/** Every complete record from the start of a flow; stops before one that is cut short. */
export function* readRecords(flow: Uint8Array, kind: RecordKind = 'tls12'): Generator<TlsRecord> {
  let offset = 0
  for (let record = readRecord(flow, 0, kind); record !== null; record = readRecord(flow, offset, kind)) {
    yield record
    offset += RECORD_HEADER_BYTES + record.fragment.length
  }
}

function notARecord(header: Uint8Array, offset: number): HarnessError {
  const seen = Buffer.from(header).toString('hex')
  if (offset > 0) {
    return new HarnessError('ERR_RECORD_HEADER', `expected a record header (14..18 03), found ${seen}`, {
      where: `byte ${offset}`,
    })
  }
  return new HarnessError('ERR_NOT_TLS', `expected a TLS record header (14..18 03), found ${seen}`, {
    where: 'byte 0',
    hint: 'check that both sides speak TLS on this port, and that the capture starts at the first byte of the connection',
  })
}

function overflow(lengthBytes: number, kind: RecordKind, offset: number): HarnessError {
  const section = { plaintext: 'RFC 8446 §5.1', tls12: 'RFC 5246 §6.2.3', tls13: 'RFC 8446 §5.2' }[kind]
  return new HarnessError(
    'ERR_RECORD_OVERFLOW',
    `record length ${lengthBytes} exceeds ${maxFragmentBytes[kind]} bytes (${section})`,
    { where: `byte ${offset}`, hint: 'check that the capture has no gap before this byte' },
  )
}
