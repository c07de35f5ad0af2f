/**
 * Certificate and CRL extensions. RFC 5280 §4.2.1 and §5.2. Which of them a certificate carries is
 * tbs-certificate.ts.
 */
import { isIP } from 'node:net'
import util from 'node-forge/lib/util.js'
import { HarnessError } from '../model/errors.ts'
import type { CertificateSpec, ExtKeyUsage, KeyUsageBit } from '../model/identity.ts'
import { bitString, booleanTrue, encodeDer, integer } from './asn1.ts'
import { objectIdentifier, octetString, sequence, taggedPrimitive } from './asn1.ts'
import type { Asn1 } from './asn1.ts'

type BasicConstraints = NonNullable<CertificateSpec['basicConstraints']>
type GeneralName = NonNullable<CertificateSpec['subjectAltNames']>[number]

/** RFC 5280 §4.2.1.1, keyIdentifier only. */
export function authorityKeyIdentifier(keyIdentifier: Uint8Array): Asn1 {
  return extension('2.5.29.35', sequence(taggedPrimitive(0, keyIdentifier)))
}

/** RFC 5280 §4.2.1.2. */
export function subjectKeyIdentifier(keyIdentifier: Uint8Array): Asn1 {
  return extension('2.5.29.14', octetString(keyIdentifier))
}

/** RFC 5280 §4.2.1.3: bit 0 is the most significant one, trailing zero bits are not encoded. */
export function keyUsage(bits: readonly KeyUsageBit[]): Asn1 {
  const numbers = bits.map((bit) => keyUsageBits.indexOf(bit))
  const octet = numbers.reduce((sum, number) => sum | (0x80 >> number), 0)
  const value =
    numbers.length === 0
      ? bitString(Uint8Array.of())
      : bitString(Uint8Array.of(octet), 7 - Math.max(...numbers))
  return criticalExtension('2.5.29.15', value)
}

/** RFC 5280 §4.2.1.6. Not critical: every subject here has a name. */
export function subjectAltName(names: readonly GeneralName[]): Asn1 {
  return extension('2.5.29.17', sequence(...names.map(generalName)))
}

/** RFC 5280 §4.2.1.9. cA is DEFAULT FALSE, so an end entity's value is an empty SEQUENCE. */
export function basicConstraints({ cA, pathLenConstraint }: BasicConstraints): Asn1 {
  const value = sequence(
    cA ? booleanTrue() : null,
    pathLenConstraint === undefined ? null : integer(pathLenConstraint),
  )
  return criticalExtension('2.5.29.19', value)
}

/** RFC 5280 §4.2.1.12. */
export function extKeyUsage(purposes: readonly ExtKeyUsage[]): Asn1 {
  return extension(
    '2.5.29.37',
    sequence(...purposes.map((purpose) => objectIdentifier(keyPurposes[purpose]))),
  )
}

/** RFC 5280 §5.2.3. */
export function cRLNumber(number: number): Asn1 {
  return extension('2.5.29.20', integer(number))
}

/** In the order of RFC 5280 §4.2.1.3: the index is the bit number. */
const keyUsageBits: readonly KeyUsageBit[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
]

const keyPurposes = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  anyExtendedKeyUsage: '2.5.29.37.0',
} as const satisfies Record<ExtKeyUsage, string>

function generalName({ kind, value }: GeneralName): Asn1 {
  if (kind === 'dNSName') return taggedPrimitive(2, Buffer.from(value, 'latin1'))
  if (isIP(value) === 0) {
    throw new HarnessError('ERR_IP_ADDRESS', `${value} is not an IP address`, {
      where: 'iPAddress in subjectAltName',
      hint: 'write an IPv4 or IPv6 address, or use dNSName',
    })
  }
  return taggedPrimitive(7, Buffer.from(util.bytesFromIP(value), 'latin1'))
}

function extension(oid: string, value: Asn1): Asn1 {
  return sequence(objectIdentifier(oid), octetString(encodeDer(value)))
}

function criticalExtension(oid: string, value: Asn1): Asn1 {
  return sequence(objectIdentifier(oid), booleanTrue(), octetString(encodeDer(value)))
}
