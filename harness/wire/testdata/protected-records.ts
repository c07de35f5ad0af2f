/**
 * The protected records of a trace with the protection that opens each. Which keys a record has is taken from the
 * published plaintext of the records before it, so these tests stand without the dissector.
 */
import type { KeyLog } from '../key-log.ts'
import { parseKeyLog } from '../key-log.ts'
import { nextTrafficSecret } from '../key-schedule-13.ts'
import type { OpenedRecord, ProtectedRecord, RecordProtection } from '../record-protection.ts'
import { protectionFor13, protectionsFor12 } from '../record-protection.ts'
import type { Trace, TracedRecord } from './read-trace.ts'

export interface ProtectedStep {
  readonly record: ProtectedRecord
  readonly protection: RecordProtection
  readonly expected: OpenedRecord
}

/** TLSCiphertext of the bytes of a record. */
export function protectedRecord(bytes: Uint8Array): ProtectedRecord {
  return {
    contentType: bytes[0] ?? 0,
    legacyRecordVersion: ((bytes[1] ?? 0) << 8) | (bytes[2] ?? 0),
    header: bytes.subarray(0, 5),
    fragment: bytes.subarray(5),
  }
}

export function* steps12(trace: Trace, suite: string, encryptThenMac: boolean): Generator<ProtectedStep> {
  const clientRandom = randomOf(trace.records, 'client')
  const protections = protectionsFor12({
    suite,
    masterSecret: secretOf(parseKeyLog(trace.keyLog), 'CLIENT_RANDOM', clientRandom),
    clientRandom,
    serverRandom: randomOf(trace.records, 'server'),
    version: 0x0303,
    encryptThenMac,
  })
  if (protections === null) throw new Error(`no protection for ${suite}`)
  for (const { from, bytes, plaintext } of trace.records) {
    if (plaintext === null) continue
    yield { record: protectedRecord(bytes), protection: protections[from], expected: plaintext }
  }
}

export function* steps13(trace: Trace, suite: string): Generator<ProtectedStep> {
  const keyLog = parseKeyLog(trace.keyLog)
  const clientRandom = randomOf(trace.records, 'client')
  const secrets = {
    client: secretOf(keyLog, 'CLIENT_HANDSHAKE_TRAFFIC_SECRET', clientRandom),
    server: secretOf(keyLog, 'SERVER_HANDSHAKE_TRAFFIC_SECRET', clientRandom),
  }
  const protections = { client: newProtection(suite, secrets.client), server: newProtection(suite, secrets.server) }
  for (const { from, bytes, plaintext } of trace.records) {
    if (plaintext === null) continue
    yield { record: protectedRecord(bytes), protection: protections[from], expected: plaintext }
    if (plaintext.contentType !== HANDSHAKE) continue
    const last = [...handshakeTypes(plaintext.content)].at(-1)
    if (last === FINISHED) {
      secrets[from] = secretOf(keyLog, `${from.toUpperCase()}_TRAFFIC_SECRET_0`, clientRandom)
      protections[from] = newProtection(suite, secrets[from])
    } else if (last === KEY_UPDATE) {
      secrets[from] = nextTrafficSecret(suite, secrets[from])
      protections[from] = newProtection(suite, secrets[from])
    }
  }
}

const HANDSHAKE = 22
const FINISHED = 20
const KEY_UPDATE = 24

function newProtection(suite: string, secret: Uint8Array): RecordProtection {
  const protection = protectionFor13(suite, secret)
  if (protection === null) throw new Error(`no protection for ${suite}`)
  return protection
}

/** The random stands in the first record of either side: record header, message header, legacy_version. */
function randomOf(records: readonly TracedRecord[], from: 'client' | 'server'): Uint8Array {
  const hello = records.find((record) => record.from === from)
  if (hello === undefined) throw new Error(`no record of the ${from}`)
  return hello.bytes.subarray(11, 43)
}

function secretOf(keyLog: KeyLog, label: string, clientRandom: Uint8Array): Uint8Array {
  const secret = keyLog.secret(label, clientRandom)
  if (secret === null) throw new Error(`the trace has no ${label}`)
  return secret
}

function* handshakeTypes(content: Uint8Array): Generator<number> {
  const bytes = Buffer.from(content)
  for (let offset = 0; offset < bytes.length; offset += 4 + bytes.readUIntBE(offset + 1, 3)) {
    yield bytes.readUInt8(offset)
  }
}
