/**
 * Removes record protection, given the secrets of a key log. RFC 8446 §5.2, RFC 5246 §6.2.3.
 * One RecordProtection stands for one direction under one set of keys; which record belongs to which keys is for
 * the caller to know. Nothing is ever protected here: we watch, we do not speak.
 */
import { getCipherInfo } from 'node:crypto'
import type { CipherSuite } from './cipher-suite.ts'
import { cipherSuite } from './cipher-suite.ts'
import type { WriteKeys } from './key-schedule-12.ts'
import { keyBlock } from './key-schedule-12.ts'
import { trafficKeys } from './key-schedule-13.ts'
import type { OpenedRecord, ProtectedRecord, RecordCipher } from './protected-record.ts'
import { badRecordMac } from './protected-record.ts'
import { aead12 } from './record-protection-12-aead.ts'
import { cbcEncryptThenMac, cbcMacThenEncrypt } from './record-protection-12-cbc.ts'
import { nullWithMac } from './record-protection-12-null.ts'
import { aead13 } from './record-protection-13.ts'

export type { OpenedRecord, ProtectedRecord } from './protected-record.ts'

export interface RecordProtection {
  /**
   * Opens the next record of this direction. The sequence number counts authentic records: a record that fails with
   * ERR_BAD_RECORD_MAC does not advance it, so the caller may pass over that record and go on. A record that is
   * authentic and yet against the rules (the other two codes) does advance it, as it did for its sender.
   * @throws HarnessError ERR_BAD_RECORD_MAC: wrong keys, wrong place in the order, or changed bytes
   * @throws HarnessError ERR_RECORD_OVERFLOW: more than 2^14 bytes of content
   * @throws HarnessError ERR_UNEXPECTED_MESSAGE: TLS 1.3 plaintext without a content type (RFC 8446 §5.4)
   */
  open(record: ProtectedRecord): OpenedRecord
}

/** One direction of TLS 1.3 under one traffic secret; null when the suite is unknown or not one of TLS 1.3. */
export function protectionFor13(suite: string, trafficSecret: Uint8Array): RecordProtection | null {
  const known = usableSuite(suite, '1.3')
  if (known?.construction !== 'aead') return null
  return inOrder(aead13(known, trafficKeys(suite, trafficSecret)))
}

export interface Protection12Options {
  /** The IANA name. */
  readonly suite: string
  /** The secret of the label CLIENT_RANDOM, be it extended (RFC 7627) or not. */
  readonly masterSecret: Uint8Array
  readonly clientRandom: Uint8Array
  readonly serverRandom: Uint8Array
  /** The negotiated version, 0x0303. */
  readonly version: number
  /** Whether both hellos have the extension encrypt_then_mac. RFC 7366: it matters with CBC only. */
  readonly encryptThenMac: boolean
}

/** Both directions of TLS 1.2 after change_cipher_spec; null when the suite is unknown or the version another. */
export function protectionsFor12(
  options: Protection12Options,
): { readonly client: RecordProtection; readonly server: RecordProtection } | null {
  const suite = usableSuite(options.suite, '1.2')
  if (suite === null || options.version !== TLS_1_2) return null
  const keys = keyBlock({ ...options, suite })
  const protection = (writeKeys: WriteKeys): RecordProtection =>
    inOrder(cipher12(suite, writeKeys, options.encryptThenMac))
  return { client: protection(keys.client), server: protection(keys.server) }
}

const TLS_1_2 = 0x0303

function cipher12(suite: CipherSuite, keys: WriteKeys, encryptThenMac: boolean): RecordCipher {
  if (suite.construction === 'aead') return aead12(suite, keys)
  if (suite.construction === 'null') return nullWithMac(suite, keys)
  return encryptThenMac ? cbcEncryptThenMac(suite, keys) : cbcMacThenEncrypt(suite, keys)
}

/** Some builds of OpenSSL leave ciphers out; then the records stay closed, as with an unknown suite. */
function usableSuite(name: string, version: '1.2' | '1.3'): CipherSuite | null {
  const suite = cipherSuite(name)
  if (suite?.version !== version) return null
  const usable = suite.construction === 'null' || getCipherInfo(suite.algorithm) !== undefined
  return usable ? suite : null
}

function inOrder(cipher: RecordCipher): RecordProtection {
  let sequenceNumber = 0
  return {
    open(record) {
      requireWholeFragment(record)
      const plaintext = cipher.authenticate(record, sequenceNumber)
      sequenceNumber += 1
      return cipher.read(record, plaintext)
    },
  }
}

/** The MAC of TLS 1.2 covers the length of the content, not the length in the header: that is compared here. */
function requireWholeFragment({ header, fragment }: ProtectedRecord): void {
  const lengthBytes = (header[3] ?? 0) * 0x100 + (header[4] ?? 0)
  if (fragment.length !== lengthBytes) {
    throw badRecordMac(`fragment has ${fragment.length} bytes, its header says ${lengthBytes}`)
  }
}
