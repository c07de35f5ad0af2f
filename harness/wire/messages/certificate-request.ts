/**
 * CertificateRequest. RFC 8446 §4.3.2 (a context and extensions), RFC 5246 §7.4.4 (three lists), RFC 4346 §7.4.4 (two).
 */
import type { CertificateRequest } from '../../model/handshake-message.ts'
import type { ByteReader } from '../byte-reader.ts'
import { clientCertificateTypeName } from '../client-certificate-types.ts'
import {
  decodeCertificateAuthorities,
  readDistinguishedNames,
} from '../extensions/certificate-authorities.ts'
import { extensionData, readExtensions } from '../extensions/extension-list.ts'
import { decodeSignatureAlgorithms, readSignatureSchemes } from '../extensions/signature-algorithms.ts'
import { namesSignatureScheme, TLS13 } from './message-context.ts'
import type { MessageContext } from './message-context.ts'

export function decodeCertificateRequest(
  body: ByteReader,
  raw: Uint8Array,
  context: MessageContext,
): CertificateRequest {
  return context.version === TLS13 ? forTls13(body, raw) : forTls12(body, raw, context)
}

function forTls13(body: ByteReader, raw: Uint8Array): CertificateRequest {
  const certificateRequestContext = body.vector(1, 'certificate_request_context')
  const extensions = readExtensions(body)
  const schemes = extensionData(extensions, 'signature_algorithms')
  const authorities = extensionData(extensions, 'certificate_authorities')
  return {
    type: 'certificate_request',
    raw,
    certificateRequestContext,
    certificateTypes: [],
    signatureSchemes: schemes ? decodeSignatureAlgorithms(schemes) : [],
    certificateAuthorities: authorities ? decodeCertificateAuthorities(authorities) : [],
    extensions,
  }
}

function forTls12(body: ByteReader, raw: Uint8Array, context: MessageContext): CertificateRequest {
  const certificateTypes = body.vector(1, 'certificate_types', { minBytes: 1 })
  const signatureSchemes = namesSignatureScheme(context) ? readSignatureSchemes(body) : []
  return {
    type: 'certificate_request',
    raw,
    certificateRequestContext: null,
    certificateTypes: Array.from(certificateTypes, clientCertificateTypeName),
    signatureSchemes,
    certificateAuthorities: readDistinguishedNames(body, 0),
    extensions: [],
  }
}
