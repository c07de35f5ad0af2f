/** ClientHello. RFC 8446 §4.1.2, RFC 5246 §7.4.1.2. */
import type { ClientHello } from '../../model/handshake-message.ts'
import type { ByteReader } from '../byte-reader.ts'
import { cipherSuiteName } from '../cipher-suite-names.ts'
import { decodeProtocolNames } from '../extensions/application-layer-protocol-negotiation.ts'
import { checkEmptyExtensions } from '../extensions/empty-extension.ts'
import { extensionData, readOptionalExtensions } from '../extensions/extension-list.ts'
import { decodeServerName } from '../extensions/server-name.ts'
import { decodeSignatureAlgorithms } from '../extensions/signature-algorithms.ts'
import { decodeOfferedVersions } from '../extensions/supported-versions.ts'
import { versionName } from '../protocol-versions.ts'

export const RANDOM_BYTES = 32

/** RFC 8446 §4.1.2: legacy_session_id<0..32>. */
export const MAX_SESSION_ID_BYTES = 32

export function decodeClientHello(body: ByteReader, raw: Uint8Array): ClientHello {
  const legacyVersion = body.uint(2, 'legacy_version')
  const random = body.bytes(RANDOM_BYTES, 'random')
  const sessionId = body.vector(1, 'legacy_session_id', { maxBytes: MAX_SESSION_ID_BYTES })
  const cipherSuites = body.uint16s(2, 'cipher_suites').map(cipherSuiteName)
  body.vector(1, 'legacy_compression_methods', { minBytes: 1 })
  const extensions = readOptionalExtensions(body)
  checkEmptyExtensions(extensions, ['post_handshake_auth', 'early_data', 'encrypt_then_mac'])

  const serverName = extensionData(extensions, 'server_name')
  const versions = extensionData(extensions, 'supported_versions')
  const schemes = extensionData(extensions, 'signature_algorithms')
  const protocols = extensionData(extensions, 'application_layer_protocol_negotiation')
  return {
    type: 'client_hello',
    raw,
    legacyVersion,
    random,
    sessionId,
    cipherSuites,
    extensions,
    serverName: serverName && decodeServerName(serverName),
    supportedVersions: versions ? decodeOfferedVersions(versions) : [versionName(legacyVersion)],
    signatureSchemes: schemes ? decodeSignatureAlgorithms(schemes) : [],
    applicationProtocols: protocols ? decodeProtocolNames(protocols) : [],
    postHandshakeAuth: extensionData(extensions, 'post_handshake_auth') !== null,
  }
}
