/** signature_algorithms, and signature_algorithms_cert of the same shape. RFC 8446 §4.2.3, RFC 5246 §7.4.1.4.1. */
import { ByteReader } from '../byte-reader.ts'
import { signatureSchemeName } from '../signature-schemes.ts'

export function decodeSignatureAlgorithms(data: Uint8Array): readonly string[] {
  const reader = new ByteReader(data, 'signature_algorithms')
  const schemes = readSignatureSchemes(reader)
  reader.end()
  return schemes
}

/** The list alone, as a TLS 1.2 CertificateRequest has it too (RFC 5246 §7.4.4). */
export function readSignatureSchemes(reader: ByteReader): readonly string[] {
  return reader.uint16s(2, 'supported_signature_algorithms').map(signatureSchemeName)
}
