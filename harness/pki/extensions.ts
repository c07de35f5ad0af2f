/**
 * Certificate and CRL extensions. RFC 5280 §4.2.1 and §5.2. Which of them a certificate carries is
 * tbs-certificate.ts.
 */
import { isIP } from 'node:net'
import util from 'node-forge/lib/util.js'
import { HarnessError } from '../model/errors.ts'
import type { CertificateSpec, ExtKeyUsage, KeyUsageBit } from '../model/identity.ts'
import { bitString, booleanTrue, encodeDer, integer, objectIdentifier } from './asn1.ts'
import { octetString, sequence, tagged, taggedPrimitive, utf8String } from './asn1.ts'
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
  return extension('2.5.29.17', sequence(...names.map(({ kind, value }) => generalNames[kind](value))))
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

/** RFC 5280 §4.2.1.13: one DistributionPoint, its fullName a single URI; reasons and cRLIssuer are absent. */
export function cRLDistributionPoints(url: string): Asn1 {
  const fullName = tagged(0, uniformResourceIdentifier(url))
  return extension('2.5.29.31', sequence(sequence(tagged(0, fullName))))
}

/** szOID_NTDS_CA_SECURITY_EXT of [MS-WCCE]: the SID as text, in an otherName. */
export function securityIdentifier(sid: string): Asn1 {
  const value = octetString(Buffer.from(sid, 'latin1'))
  return extension('1.3.6.1.4.1.311.25.2', sequence(otherName('1.3.6.1.4.1.311.25.2.1', value)))
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

/** RFC 5280 §4.2.1.6. */
const generalNames = {
  rfc822Name: (mailbox) => taggedPrimitive(1, Buffer.from(mailbox, 'latin1')),
  dNSName: (name) => taggedPrimitive(2, Buffer.from(name, 'latin1')),
  iPAddress: (address) => taggedPrimitive(7, addressOctets(address)),
  // szOID_NT_PRINCIPAL_NAME, where Windows looks for the user of a smart card.
  userPrincipalName: (name) => otherName('1.3.6.1.4.1.311.20.2.3', utf8String(name)),
} as const satisfies Record<GeneralName['kind'], (value: string) => Asn1>

function uniformResourceIdentifier(url: string): Asn1 {
  return taggedPrimitive(6, Buffer.from(url, 'latin1'))
}

function otherName(typeId: string, value: Asn1): Asn1 {
  return tagged(0, objectIdentifier(typeId), tagged(0, value))
}

function addressOctets(address: string): Uint8Array {
  if (isIP(address) === 0) {
    throw new HarnessError('ERR_IP_ADDRESS', `${address} is not an IP address`, {
      where: 'iPAddress in subjectAltName',
      hint: 'write an IPv4 or IPv6 address, or use dNSName',
    })
  }
  return Buffer.from(util.bytesFromIP(address), 'latin1')
}

function extension(oid: string, value: Asn1): Asn1 {
  return sequence(objectIdentifier(oid), octetString(encodeDer(value)))
}

function criticalExtension(oid: string, value: Asn1): Asn1 {
  return sequence(objectIdentifier(oid), booleanTrue(), octetString(encodeDer(value)))
}
