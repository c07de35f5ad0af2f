/**
 * TBSCertificate: the part of a certificate that is signed. RFC 5280 §4.1.2. Signing it is signed.ts.
 */
import type { CertificateSpec } from '../model/identity.ts'
import { integer, sequence, tagged, time } from './asn1.ts'
import type { Asn1 } from './asn1.ts'
import { authorityKeyIdentifier, basicConstraints, cRLDistributionPoints } from './extensions.ts'
import { extKeyUsage, keyUsage, securityIdentifier } from './extensions.ts'
import { subjectAltName, subjectKeyIdentifier } from './extensions.ts'
import { signatureAlgorithm } from './key.ts'
import type { KeyPair } from './key.ts'
import { encodeName } from './name.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** RFC 5280 §4.1.2.1: v3 is encoded as 2. */
const VERSION_3 = 2

/** Who signs: an authority, or the subject itself. */
export interface Issuer {
  readonly name: Asn1
  readonly key: KeyPair
}

export interface CertificateToIssue {
  readonly spec: CertificateSpec
  readonly subjectKey: KeyPair
  readonly issuer: Issuer
  /** The issuer's key, unless the signature is to be wrong. */
  readonly signer: KeyPair
  /** Big-endian, positive. */
  readonly serialNumber: Uint8Array
  /** Where the issuer's CRL is; null: cRLDistributionPoints is absent. */
  readonly crlUrl: string | null
  /** The moment that `validityDays` counts from, epoch milliseconds. */
  readonly now: number
}

export function tbsCertificate(certificate: CertificateToIssue): Asn1 {
  const { spec, subjectKey, issuer, signer, serialNumber, now } = certificate
  return sequence(
    tagged(0, integer(VERSION_3)),
    integer(serialNumber),
    signatureAlgorithm(signer),
    issuer.name,
    sequence(
      time(now + spec.validityDays.notBefore * DAY_MS),
      time(now + spec.validityDays.notAfter * DAY_MS),
    ),
    encodeName(spec.subject),
    subjectKey.subjectPublicKeyInfo,
    tagged(3, sequence(...extensionsOf(certificate))),
  )
}

function extensionsOf({ spec, subjectKey, issuer, crlUrl }: CertificateToIssue): readonly (Asn1 | null)[] {
  const { subjectAltNames = [] } = spec
  return [
    subjectKeyIdentifier(subjectKey.keyIdentifier),
    // RFC 5280 §4.2.1.1: a self-signed certificate may omit it, its own subjectKeyIdentifier says the same.
    issuer.key === subjectKey ? null : authorityKeyIdentifier(issuer.key.keyIdentifier),
    spec.basicConstraints && basicConstraints(spec.basicConstraints),
    spec.keyUsage && keyUsage(spec.keyUsage),
    spec.extKeyUsage && extKeyUsage(spec.extKeyUsage),
    subjectAltNames.length > 0 ? subjectAltName(subjectAltNames) : null,
    crlUrl === null ? null : cRLDistributionPoints(crlUrl),
    spec.securityIdentifier === undefined ? null : securityIdentifier(spec.securityIdentifier),
  ]
}
