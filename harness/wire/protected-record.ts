/**
 * What goes into removing record protection, what comes out, and how it fails. RFC 8446 §5.2, RFC 5246 §6.2.3.
 * The ways to do it are record-protection-*.ts; counting records is record-protection.ts.
 */
import type { ErrorCode } from '../model/errors.ts'
import { HarnessError } from '../model/errors.ts'

/** TLSCiphertext as it was on the wire. */
export interface ProtectedRecord {
  readonly contentType: number
  readonly legacyRecordVersion: number
  readonly fragment: Uint8Array
  /** The five bytes before the fragment. What is authenticated is taken from here. */
  readonly header: Uint8Array
}

export interface OpenedRecord {
  /** In TLS 1.3 the type inside the protection. */
  readonly contentType: number
  readonly content: Uint8Array
}

/**
 * Removes the protection of one direction under one set of keys, in two steps.
 * `authenticate` throws ERR_BAD_RECORD_MAC; what `read` refuses was authentic and is the sender's own fault.
 */
export interface RecordCipher {
  authenticate(record: ProtectedRecord, sequenceNumber: number): Uint8Array
  read(record: ProtectedRecord, plaintext: Uint8Array): OpenedRecord
}

/** RFC 8446 §5.1 and RFC 5246 §6.2.1: no content is longer than 2^14 bytes. */
export const MAX_CONTENT_BYTES = 2 ** 14

/** The record was not made with these keys, at this place in the order, or was changed on its way. */
export function badRecordMac(message: string, cause?: unknown): HarnessError {
  const hint = 'the secret belongs to another connection or epoch, a record is missing, or bytes were changed'
  return new HarnessError('ERR_BAD_RECORD_MAC', message, { hint, cause })
}

/** The record is authentic, and the sender must not have sent it. */
export function brokenRule(code: ErrorCode, message: string): HarnessError {
  return new HarnessError(code, message, { hint: 'the record is authentic: its sender broke this rule' })
}
