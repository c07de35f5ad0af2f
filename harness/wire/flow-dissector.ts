/**
 * One direction of a connection: records, protection removed, content decoded. RFC 8446 §5, RFC 5246 §6.2.
 * The first thing that breaks the framing ends it: the rest of the flow is one opaque entry.
 */
import { HarnessError, messageOf } from '../model/errors.ts'
import type { Peer } from '../model/tls.ts'
import { decodeAlert } from './alert.ts'
import type { Epoch, Epochs } from './epochs.ts'
import { HandshakeReassembly } from './handshake.ts'
import { handshakeTypeName } from './handshake-types.ts'
import { decodeMessage } from './messages/decode-message.ts'
import { contentTypes, readRecord, RECORD_HEADER_BYTES } from './record.ts'
import type { TlsRecord } from './record.ts'
import type { OpenedRecord, RecordProtection } from './record-protection.ts'
import type { TranscriptLog } from './transcript-log.ts'

const EARLY_DATA = 'application data before the handshake keys: 0-RTT is not opened'

export class FlowDissector {
  readonly #from: Peer
  readonly #flow: Uint8Array
  readonly #epochs: Epochs
  readonly #log: TranscriptLog
  readonly #reassembly = new HandshakeReassembly()
  /** The epoch of the bytes in the reassembly. */
  #reassemblyStage: Epoch['stage'] = 'plaintext'
  /** The epoch of the record that is read. */
  #recordStage: Epoch['stage'] = 'plaintext'
  #arrivedBytes = 0
  #offset = 0
  #ended = false

  constructor(from: Peer, flow: Uint8Array, epochs: Epochs, log: TranscriptLog) {
    this.#from = from
    this.#flow = flow
    this.#epochs = epochs
    this.#log = log
  }

  /** Dissects what became complete when the next bytes of the flow arrived. */
  arrive(lengthBytes: number): void {
    this.#arrivedBytes += lengthBytes
    if (this.#ended) return
    try {
      const arrived = this.#flow.subarray(0, this.#arrivedBytes)
      for (let record = this.#next(arrived); record !== null; record = this.#next(arrived)) {
        this.#record(record)
        this.#offset += RECORD_HEADER_BYTES + record.fragment.length
      }
    } catch (thrown) {
      this.#log.thrown(this.#place, thrown)
      this.#giveUp(messageOf(thrown))
    }
  }

  /** Accounts for a record or message that was cut short. */
  end(): void {
    if (this.#ended) return
    const rest = this.#flow.length - this.#offset
    if (rest > 0) {
      this.#log.problem(this.#place, 'ERR_TRUNCATED', `the flow ends ${rest} bytes into a record`)
      this.#giveUp('cut short')
    } else {
      this.#dropPartialMessage()
    }
  }

  get #place() {
    return { from: this.#from, offset: this.#offset }
  }

  get #epoch(): Epoch {
    return this.#epochs.of(this.#from)
  }

  #next(arrived: Uint8Array): TlsRecord | null {
    const { stage, recordKind } = this.#epoch
    this.#recordStage = stage
    return readRecord(arrived, this.#offset, recordKind)
  }

  #record(record: TlsRecord): void {
    const epoch = this.#epoch
    if (epoch.stage === 'plaintext') {
      this.#plaintext(record)
    } else if (epoch.recordKind === 'tls13' && record.contentType !== contentTypes.application_data) {
      this.#besideTls13(record)
    } else if (epoch.protection === null) {
      this.#log.lockedRecord(this.#place, record.contentType, record.fragment, epoch.why)
    } else if (epoch.recordKind === 'tls13' && epoch.mayFollowEarlyData) {
      this.#afterEarlyData(record, epoch.protection)
    } else {
      const { contentType, content } = epoch.protection.open(record)
      this.#content(contentType, content, true)
    }
  }

  #plaintext({ contentType, fragment }: TlsRecord): void {
    if (contentType === contentTypes.application_data) {
      this.#log.lockedRecord(this.#place, contentType, fragment, EARLY_DATA)
    } else {
      this.#content(contentType, fragment, false)
    }
  }

  /**
   * TLS 1.3 records that are not protected although keys are known: the ChangeCipherSpec of compatibility mode
   * (RFC 8446 §D.4), and the alert of a client that could not make keys from the ServerHello.
   */
  #besideTls13({ contentType, fragment }: TlsRecord): void {
    if (contentType !== contentTypes.change_cipher_spec && contentType !== contentTypes.alert) {
      throw new HarnessError(
        'ERR_UNPROTECTED_RECORD',
        `record of type ${contentType} after keys were agreed, expected 23`,
      )
    }
    this.#content(contentType, fragment, false)
  }

  /** RFC 8446 §4.2.10: a server that rejects 0-RTT skips records that it cannot open. So do we, also when it accepts. */
  #afterEarlyData(record: TlsRecord, protection: RecordProtection): void {
    let opened: OpenedRecord
    try {
      opened = protection.open(record)
    } catch (thrown) {
      if (!(thrown instanceof HarnessError && thrown.code === 'ERR_BAD_RECORD_MAC')) throw thrown
      this.#log.lockedRecord(this.#place, record.contentType, record.fragment, EARLY_DATA)
      return
    }
    this.#epochs.endEarlyData(this.#from)
    this.#content(opened.contentType, opened.content, true)
  }

  #content(contentType: number, content: Uint8Array, encrypted: boolean): void {
    if (contentType === contentTypes.handshake) {
      this.#handshake(content, encrypted)
      return
    }
    if (this.#reassembly.pendingBytes > 0) {
      // RFC 8446 §5.1: between the records of one message there MUST NOT be any other records.
      this.#log.problem(
        this.#place,
        'ERR_INTERLEAVED_RECORD',
        `record of type ${contentType} inside a handshake message`,
      )
    }
    if (contentType === contentTypes.alert) {
      this.#log.entry(this.#place, encrypted, { kind: 'alert', alert: decodeAlert(content) })
    } else if (contentType === contentTypes.change_cipher_spec) {
      this.#changeCipherSpec(content, encrypted)
    } else if (contentType === contentTypes.application_data) {
      this.#log.entry(this.#place, encrypted, { kind: 'application_data', bytes: content })
    } else {
      const why = `content type ${contentType} is not decoded`
      this.#log.problem(this.#place, 'ERR_CONTENT_TYPE', why)
      this.#log.entry(this.#place, encrypted, { kind: 'opaque', contentType, bytes: content, why })
    }
  }

  #changeCipherSpec(content: Uint8Array, encrypted: boolean): void {
    // RFC 5246 §7.1, RFC 8446 §5: the single byte value 1.
    if (content.length !== 1 || content[0] !== 1) {
      throw new HarnessError(
        'ERR_CHANGE_CIPHER_SPEC',
        `change_cipher_spec of ${content.length} bytes, expected 01`,
      )
    }
    if (!this.#epochs.changeCipherSpec(this.#from)) {
      throw new HarnessError(
        'ERR_CHANGE_CIPHER_SPEC',
        'change_cipher_spec without a handshake that agreed on keys',
      )
    }
    this.#log.entry(this.#place, encrypted, { kind: 'change_cipher_spec' })
  }

  #handshake(content: Uint8Array, encrypted: boolean): void {
    if (content.length === 0) {
      const message = 'handshake record without content (RFC 8446 §5.1: MUST NOT)'
      this.#log.problem(this.#place, 'ERR_EMPTY_FRAGMENT', message)
    }
    const continues = this.#reassembly.pendingBytes > 0
    if (continues && this.#recordStage !== this.#reassemblyStage) throw spansKeyChange()
    this.#reassembly.push(content)
    this.#reassemblyStage = this.#recordStage
    for (let raw = this.#reassembly.next(); raw !== null; raw = this.#reassembly.next()) {
      const epoch = this.#epoch
      this.#message(raw, encrypted)
      if (this.#epoch !== epoch && this.#reassembly.drain().length > 0) throw spansKeyChange()
    }
  }

  #message(raw: Uint8Array, encrypted: boolean): void {
    const message = decodeMessage(raw, this.#epochs)
    this.#log.entry(this.#place, encrypted, { kind: 'handshake', message })
    if (message.type === 'unknown' && message.problem !== null) {
      this.#log.problem(this.#place, 'ERR_HANDSHAKE_DECODE', message.problem, handshakeTypeName(message.code))
    }
    this.#epochs.message(this.#from, message)
  }

  #dropPartialMessage(): void {
    if (this.#reassembly.pendingBytes === 0) return
    const bytes = this.#reassembly.drain()
    const name = handshakeTypeName(bytes[0] ?? 0)
    const message = `handshake message ${name} stops after ${bytes.length} bytes`
    this.#log.problem(this.#place, 'ERR_TRUNCATED', message)
    const encrypted = this.#reassemblyStage !== 'plaintext'
    const contentType = contentTypes.handshake
    this.#log.entry(this.#place, encrypted, { kind: 'opaque', contentType, bytes, why: 'cut short' })
  }

  /** What is left of the flow, all segments to come included. */
  #giveUp(why: string): void {
    this.#ended = true
    this.#dropPartialMessage()
    const bytes = this.#flow.subarray(this.#offset)
    const encrypted = this.#recordStage !== 'plaintext'
    const contentType = bytes[0] ?? 0
    this.#log.entry(this.#place, encrypted, { kind: 'opaque', contentType, bytes, why })
  }
}

/** RFC 8446 §5.1: handshake messages MUST NOT span key changes. */
function spansKeyChange(): HarnessError {
  return new HarnessError(
    'ERR_MESSAGE_SPANS_KEY_CHANGE',
    'handshake bytes before and after a change of keys (RFC 8446 §5.1)',
  )
}
