/**
 * What a client presents: a chain and a key, or nothing. Specifications are data (scenarios/identities);
 * harness/pki issues them. Terms are RFC 5280's.
 */

/** The certification authorities of the harness. `root-a` is trusted, `root-b` is not, `root-c` is only ever named. */
export type AuthorityName = 'root-a' | 'root-b' | 'root-c' | 'intermediate-a'

/** One attribute of a distinguished name, in the order of encoding: [short name, value], e.g. ['CN', 'correct']. */
export type NameAttribute = readonly [type: string, value: string]

export type KeySpec =
  | { readonly kind: 'rsa'; readonly bits: number }
  | { readonly kind: 'ec'; readonly curve: 'P-256' | 'P-384' | 'P-521' }
  | { readonly kind: 'ed25519' }

/** RFC 5280 §4.2.1.3, by its own bit names. */
export type KeyUsageBit =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'

/** RFC 5280 §4.2.1.12, by its own names. */
export type ExtKeyUsage =
  'serverAuth' | 'clientAuth' | 'codeSigning' | 'emailProtection' | 'anyExtendedKeyUsage'

/** Days before (negative) or after the moment of issue. */
export interface ValidityDays {
  readonly notBefore: number
  readonly notAfter: number
}

export interface CertificateSpec {
  readonly subject: readonly NameAttribute[]
  /** `self`: signed with its own key. */
  readonly issuer: AuthorityName | 'self'
  readonly key: KeySpec
  readonly validityDays: ValidityDays
  /** null: the extension is absent. */
  readonly keyUsage: readonly KeyUsageBit[] | null
  /** null: the extension is absent. */
  readonly extKeyUsage: readonly ExtKeyUsage[] | null
  /** null: the extension is absent. */
  readonly basicConstraints: { readonly cA: boolean; readonly pathLenConstraint?: number } | null
  /** dNSName and iPAddress entries of subjectAltName; none by default. */
  readonly subjectAltNames?: readonly { readonly kind: 'dNSName' | 'iPAddress'; readonly value: string }[]
}

export interface AuthoritySpec {
  readonly name: AuthorityName
  readonly title: string
  readonly certificate: CertificateSpec
}

export interface IdentitySpec {
  readonly name: string
  /** One sentence in RFC words. */
  readonly title: string
  /** null: an empty Certificate message. */
  readonly certificate: CertificateSpec | null
  /** What follows the end entity certificate in the Certificate message, in order. */
  readonly chain: readonly AuthorityName[]
}

export interface IssuedCertificate {
  readonly der: Uint8Array
  readonly pem: string
  /** The encoded subject Name, as CertificateRequest carries it. */
  readonly subjectDer: Uint8Array
  /** RFC 4514. */
  readonly subject: string
  /** RFC 4514. */
  readonly issuer: string
  /** Lower-case hex. */
  readonly serialNumber: string
}

/** An issued identity. `missing` has an empty chain and no key. */
export interface Identity {
  readonly name: string
  readonly title: string
  /** End entity first, as sent. */
  readonly chain: readonly IssuedCertificate[]
  /** The chain's PEM blocks in order; '' when nothing is presented. */
  readonly chainPem: string
  /** PKCS#8 PEM; null when nothing is presented. */
  readonly keyPem: string | null
}

export interface IssuedAuthority {
  readonly name: AuthorityName
  readonly certificate: IssuedCertificate
  /** A CRL of this authority that revokes nothing, PEM. */
  readonly crlPem: string
}

/** Everything that one run needs, made at run time and valid now. */
export interface Pki {
  readonly authorities: Readonly<Record<AuthorityName, IssuedAuthority>>
  /** The servers' own certificate: localhost and 127.0.0.1, issued by root-a. */
  readonly server: Identity
  readonly identities: ReadonlyMap<string, Identity>
}
