/**
 * The certificate that most identities share: everything about it is right. An identity spreads it and changes
 * the one thing that it is named for.
 */
import type { CertificateSpec, KeySpec, NameAttribute } from '../../harness/model/identity.ts'

/** EC where the case is not about RSA: making RSA keys would take most of a run's start-up. */
export const ecP256 = { kind: 'ec', curve: 'P-256' } as const satisfies KeySpec

export const rsa2048 = { kind: 'rsa', bits: 2048 } as const satisfies KeySpec

/** Each certificate is told apart by its common name alone. */
export function subjectNamed(commonName: string): readonly NameAttribute[] {
  return [
    ['O', 'Countersign'],
    ['CN', commonName],
  ]
}

/** A TLS client by RFC 5280 §4.2.1.3 and §4.2.1.12. notBefore is backdated against clock skew. */
export function endEntity(commonName: string) {
  return {
    subject: subjectNamed(commonName),
    issuer: 'root-a',
    key: ecP256,
    validityDays: { notBefore: -1, notAfter: 365 },
    keyUsage: ['digitalSignature'],
    extKeyUsage: ['clientAuth'],
    basicConstraints: { cA: false },
  } as const satisfies CertificateSpec
}
