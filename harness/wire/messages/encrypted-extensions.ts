/** EncryptedExtensions, TLS 1.3 only. RFC 8446 §4.3.1. */
import type { EncryptedExtensions } from '../../model/handshake-message.ts'
import type { ByteReader } from '../byte-reader.ts'
import { decodeSelectedProtocol } from '../extensions/application-layer-protocol-negotiation.ts'
import { extensionData, readExtensions } from '../extensions/extension-list.ts'

export function decodeEncryptedExtensions(body: ByteReader, raw: Uint8Array): EncryptedExtensions {
  const extensions = readExtensions(body)
  const protocol = extensionData(extensions, 'application_layer_protocol_negotiation')
  return {
    type: 'encrypted_extensions',
    raw,
    extensions,
    applicationProtocol: protocol && decodeSelectedProtocol(protocol),
  }
}
