/** application_layer_protocol_negotiation (ALPN). RFC 7301 §3.1. */
import { HarnessError } from '../../model/errors.ts'
import { ByteReader } from '../byte-reader.ts'

/** Protocol names are bytes, often ASCII: one character for each byte. */
export function decodeProtocolNames(data: Uint8Array): readonly string[] {
  const reader = new ByteReader(data, 'application_layer_protocol_negotiation')
  const list = reader.nested(2, 'protocol_name_list', { minBytes: 2 })
  reader.end()
  const names: string[] = []
  while (list.remaining > 0) {
    names.push(Buffer.from(list.vector(1, 'ProtocolName', { minBytes: 1 })).toString('latin1'))
  }
  return names
}

/** RFC 7301 §3.1: the server's list MUST contain exactly one ProtocolName. */
export function decodeSelectedProtocol(data: Uint8Array): string {
  const [name, ...others] = decodeProtocolNames(data)
  if (name === undefined || others.length > 0) {
    throw new HarnessError(
      'ERR_ALPN',
      `the server selected ${others.length + 1} protocols, expected 1 (RFC 7301 §3.1)`,
    )
  }
  return name
}
