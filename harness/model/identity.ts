/**
 * What a client presents: a chain and a key, or nothing. Specifications are data (scenarios/identities);
 * harness/pki issues them. Terms are RFC 5280's.
 */

/** The certification authorities of the harness. `root-a` is trusted, `root-b` is not, `root-c` is only ever named. */
export type AuthorityName =
  | 'root-a'
  | 'root-b'
  | 'root-c'
  | 'intermediate-a'
  | 'expired-intermediate'
  | 'server-auth-intermediate'
  | 'non-ca-issuer'

/** One attribute of a distinguished name, in the order of encoding: [short name, value], e.g. ['CN', 'correct']. */
export type NameAttribute = readonly [type: string, value: string]

export type KeySpec =
  /** The key pair of another identity: a certificate that was issued again. */
  | { readonly kind: 'of'; readonly identity: string }
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
  readonly subjectAltNames?: readonly {
    /** userPrincipalName: otherName of type 1.3.6.1.4.1.311.20.2.3, UTF8String. */
    readonly kind: 'dNSName' | 'iPAddress' | 'userPrincipalName' | 'rfc822Name'
    readonly value: string
  }[]
  /** The CRL that cRLDistributionPoints names; absent: no such extension. */
  readonly crl?: CrlKind
  /** On its issuer's CRL. */
  readonly revoked?: true
  /** szOID_NTDS_CA_SECURITY_EXT, 1.3.6.1.4.1.311.25.2: the SID as text, e.g. `S-1-5-21-1-2-3-1104`. */
  readonly securityIdentifier?: string
  /** `of-another-key`: issuer and authorityKeyIdentifier are right, the signature is not theirs. */
  readonly signature?: 'of-another-key'
}

/** current: served and in its time; stale: served, nextUpdate has passed; unreachable: nobody listens there. */
export type CrlKind = 'current' | 'stale' | 'unreachable'

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
  /** The CRL of this authority with everything that it has revoked, PEM. */
  readonly crlPem: string
  /** The same, with a nextUpdate that has passed. */
  readonly staleCrlPem: string
}

/** Everything that one run needs, made at run time and valid now. */
export interface Pki {
  readonly authorities: Readonly<Record<AuthorityName, IssuedAuthority>>
  /** The servers' own certificate: localhost and 127.0.0.1, issued by root-a. */
  readonly server: Identity
  readonly identities: ReadonlyMap<string, Identity>
  /** Self-issued CA certificates that nobody uses, made on first use: for CA lists that are long. */
  readonly crowd: readonly IssuedCertificate[]
  /** Where the CRLs of `cRLDistributionPoints` are served, e.g. `http://127.0.0.1:40123`. */
  readonly distributionPoint: string
}
