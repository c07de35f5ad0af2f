/** KeyUpdate, TLS 1.3 only. RFC 8446 §4.6.3. Changing the keys is the epochs' matter. */
import { HarnessError } from '../../model/errors.ts'
import type { KeyUpdate } from '../../model/handshake-message.ts'
import type { ByteReader } from '../byte-reader.ts'

/** KeyUpdateRequest: update_not_requested and update_requested; any other value MUST be refused. */
const requests: ReadonlyMap<number, boolean> = new Map([
  [0, false],
  [1, true],
])

export function decodeKeyUpdate(body: ByteReader, raw: Uint8Array): KeyUpdate {
  const value = body.uint(1, 'request_update')
  const requestUpdate = requests.get(value)
  if (requestUpdate === undefined) {
    throw new HarnessError('ERR_KEY_UPDATE', `request_update is ${value}, expected 0 or 1 (RFC 8446 §4.6.3)`)
  }
  return { type: 'key_update', raw, requestUpdate }
}
