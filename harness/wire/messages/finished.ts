/** Finished. RFC 8446 §4.4.4, RFC 5246 §7.4.9. The length depends on the suite; the value is not checked. */
import type { Finished } from '../../model/handshake-message.ts'
import type { ByteReader } from '../byte-reader.ts'

export function decodeFinished(body: ByteReader, raw: Uint8Array): Finished {
  return { type: 'finished', raw, verifyData: body.rest() }
}
