/**
 * Certificates that carry a name into CertificateRequest and do nothing else. node:tls takes those names from `ca`
 * only, where OpenSSL also looks for the issuers of the server's own certificate: with the CA's real certificate there,
 * the Certificate message of the server grows by its root. A name holder has the name and a key of a kind that no
 * certificate here is signed with (Ed448), so OpenSSL never takes it for an issuer. Nobody sees it on the wire.
 */
import { Buffer } from 'node:buffer'
import { tags } from './der.ts'

/** @param subjectDer The encoded Name, which is used as it is. */
export function nameHolderPem(subjectDer: Buffer): string {
  const tbsCertificate = tlv(
    tags.sequence,
    SERIAL_NUMBER,
    ED448,
    subjectDer,
    VALIDITY,
    subjectDer,
    SUBJECT_PUBLIC_KEY_INFO,
  )
  const der = tlv(tags.sequence, tbsCertificate, ED448, SIGNATURE)
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

/** X.690 §8.1. */
function tlv(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(contents)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(value.length)
  return Buffer.concat([
    Buffer.of(tag),
    value.length < 0x80 ? length.subarray(3) : Buffer.of(0x84),
    ...(value.length < 0x80 ? [] : [length]),
    value,
  ])
}

const SERIAL_NUMBER = tlv(tags.integer, Buffer.of(1))
/** id-Ed448, 1.3.101.113: RFC 8410 §3. Without parameters. */
const ED448 = tlv(tags.sequence, tlv(tags.objectIdentifier, Buffer.of(0x2b, 0x65, 0x71)))
const MOMENT = tlv(tags.generalizedTime, Buffer.from('20000101000000Z', 'latin1'))
const VALIDITY = tlv(tags.sequence, MOMENT, MOMENT)
/** RFC 8032 §5.2: a key of 57 octets, a signature of 114; before each the octet that counts unused bits. All zero. */
const SUBJECT_PUBLIC_KEY_INFO = tlv(tags.sequence, ED448, tlv(tags.bitString, Buffer.alloc(58)))
const SIGNATURE = tlv(tags.bitString, Buffer.alloc(115))
