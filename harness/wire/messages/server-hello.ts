/** ServerHello, and HelloRetryRequest, which is one with a special random. RFC 8446 §4.1.3 and §4.1.4, RFC 5246 §7.4.1.3. */
import type { HelloRetryRequest, ServerHello } from '../../model/handshake-message.ts'
import type { ByteReader } from '../byte-reader.ts'
import { cipherSuiteName } from '../cipher-suite-names.ts'
import { checkEmptyExtensions } from '../extensions/empty-extension.ts'
import { extensionData, readOptionalExtensions } from '../extensions/extension-list.ts'
import { decodeSelectedVersion } from '../extensions/supported-versions.ts'
import { versionName } from '../protocol-versions.ts'
import { MAX_SESSION_ID_BYTES, RANDOM_BYTES } from './client-hello.ts'

/** RFC 8446 §4.1.3: SHA-256 of "HelloRetryRequest". */
const helloRetryRequestRandom = Buffer.from(
  'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c',
  'hex',
)

export function decodeServerHello(body: ByteReader, raw: Uint8Array): ServerHello | HelloRetryRequest {
  const legacyVersion = body.uint(2, 'legacy_version')
  const random = body.bytes(RANDOM_BYTES, 'random')
  const sessionId = body.vector(1, 'legacy_session_id_echo', { maxBytes: MAX_SESSION_ID_BYTES })
  const cipherSuite = cipherSuiteName(body.uint(2, 'cipher_suite'))
  body.uint(1, 'legacy_compression_method')
  const extensions = readOptionalExtensions(body)
  checkEmptyExtensions(extensions, ['encrypt_then_mac'])
  const version = extensionData(extensions, 'supported_versions')
  const selectedVersion = version ? decodeSelectedVersion(version) : versionName(legacyVersion)
  return helloRetryRequestRandom.equals(random)
    ? { type: 'hello_retry_request', raw, cipherSuite, extensions, selectedVersion }
    : {
        type: 'server_hello',
        raw,
        legacyVersion,
        random,
        sessionId,
        cipherSuite,
        extensions,
        selectedVersion,
      }
}
