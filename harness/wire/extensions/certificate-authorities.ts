/** certificate_authorities: distinguished names of acceptable CAs. RFC 8446 §4.2.4, RFC 5246 §7.4.4. */
import { distinguishedNameText } from '../../model/distinguished-name.ts'
import type { EncodedName } from '../../model/handshake-message.ts'
import { ByteReader } from '../byte-reader.ts'

/** RFC 8446 §4.2.4: authorities<3..2^16-1>; a server without names leaves the extension out. */
export function decodeCertificateAuthorities(data: Uint8Array): readonly EncodedName[] {
  const reader = new ByteReader(data, 'certificate_authorities')
  const names = readDistinguishedNames(reader, 3)
  reader.end()
  return names
}

/** The list alone, as a TLS 1.2 CertificateRequest has it, where it may be empty. */
export function readDistinguishedNames(message: ByteReader, minBytes: number): readonly EncodedName[] {
  const reader = message.nested(2, 'certificate_authorities', { minBytes })
  const names: EncodedName[] = []
  while (reader.remaining > 0) {
    const der = reader.vector(2, 'DistinguishedName', { minBytes: 1 })
    names.push({ der, text: distinguishedNameText(der) })
  }
  return names
}
