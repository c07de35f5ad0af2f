/** Certificate, from either side; an empty list is a client without a certificate. RFC 8446 §4.4.2, RFC 5246 §7.4.2. */
import type { Certificate, CertificateEntry } from '../../model/handshake-message.ts'
import type { ByteReader } from '../byte-reader.ts'
import { readExtensions } from '../extensions/extension-list.ts'
import { TLS13 } from './message-context.ts'
import type { MessageContext } from './message-context.ts'

export function decodeCertificate(
  body: ByteReader,
  raw: Uint8Array,
  { version }: MessageContext,
): Certificate {
  const isTls13 = version === TLS13
  const certificateRequestContext = isTls13 ? body.vector(1, 'certificate_request_context') : null
  const list = body.nested(3, 'certificate_list')
  const entries: CertificateEntry[] = []
  while (list.remaining > 0) {
    const der = list.vector(3, 'cert_data', { minBytes: 1 })
    entries.push({ der, extensions: isTls13 ? readExtensions(list) : [] })
  }
  return { type: 'certificate', raw, certificateRequestContext, entries }
}
