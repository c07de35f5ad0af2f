/** CertificateVerify. RFC 8446 §4.4.3, RFC 5246 §7.4.8. Checking the signature is not done here. */
import type { CertificateVerify } from '../../model/handshake-message.ts'
import type { ByteReader } from '../byte-reader.ts'
import { signatureSchemeName } from '../signature-schemes.ts'
import { namesSignatureScheme } from './message-context.ts'
import type { MessageContext } from './message-context.ts'

/** In place of a scheme in TLS 1.0 and 1.1, where the message carries the signature alone (RFC 4346 §7.4.8). */
export const UNNAMED_SCHEME = 'by_key_type'

export function decodeCertificateVerify(
  body: ByteReader,
  raw: Uint8Array,
  context: MessageContext,
): CertificateVerify {
  const signatureScheme = namesSignatureScheme(context)
    ? signatureSchemeName(body.uint(2, 'algorithm'))
    : UNNAMED_SCHEME
  return { type: 'certificate_verify', raw, signatureScheme, signature: body.vector(2, 'signature') }
}
