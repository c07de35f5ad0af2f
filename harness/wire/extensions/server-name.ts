/** server_name in a ClientHello. RFC 6066 §3. The server's answer is empty and says nothing. */
import { ByteReader } from '../byte-reader.ts'

const HOST_NAME = 0

/**
 * The first host_name, one character for each byte; null when there is only a name of another type.
 * RFC 6066 §3: HostName is ASCII. Other bytes stay visible instead of being replaced.
 */
export function decodeServerName(data: Uint8Array): string | null {
  const reader = new ByteReader(data, 'server_name')
  const list = reader.nested(2, 'server_name_list', { minBytes: 1 })
  reader.end()
  let hostName: string | null = null
  while (list.remaining > 0) {
    const nameType = list.uint(1, 'name_type')
    // RFC 6066 §3: every name type, also one of the future, begins with a 16-bit length.
    const name = list.vector(2, 'HostName', { minBytes: 1 })
    if (nameType === HOST_NAME) hostName ??= Buffer.from(name).toString('latin1')
  }
  return hostName
}
