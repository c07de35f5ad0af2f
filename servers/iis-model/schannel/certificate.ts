/**
 * A certificate as the chain engine and the mappings see it: RFC 5280 fields. Parsing is node:crypto's where it shows
 * a field, and certificate-fields.ts's where it does not. Extensions are decoded when they are asked for.
 */
import type { KeyObject, X509Certificate } from 'node:crypto'
import { readCertificateFields } from './certificate-fields.ts'
import type { CertificateFields } from './certificate-fields.ts'
import { decoders, extensionIds } from './extensions.ts'
import type { BasicConstraints, SubjectAltNames } from './extensions.ts'

export type { BasicConstraints, SubjectAltNames } from './extensions.ts'

/**
 * An extension that nobody can read is as good as absent, and `isMalformed` says so: no field throws, but publicKey
 * of a kind of key that OpenSSL does not know.
 */
export interface Certificate {
  /** As node:crypto prints them, for people. */
  readonly subject: string
  readonly issuer: string
  /** The encoded Names: what chains are made by. */
  readonly subjectDer: Buffer
  readonly issuerDer: Buffer
  /** Upper-case hex, without leading zero octets. */
  readonly serialNumber: string
  readonly der: Buffer
  /** SHA-1 of the whole certificate, lower-case hex: Windows's thumbprint. */
  readonly fingerprint: string
  /** Epoch milliseconds; NaN for a time that nobody can read, which lies within no validity. */
  readonly notBefore: number
  readonly notAfter: number
  /** Object identifiers; null: the extension is absent. */
  readonly extKeyUsage: readonly string[] | null
  /** null: keyUsage is absent. */
  readonly hasDigitalSignature: boolean | null
  /** null: the extension is absent. One that nobody can read makes no CA. */
  readonly basicConstraints: BasicConstraints | null
  /** basicConstraints say so, and keyUsage, when present, has keyCertSign. */
  readonly isCa: boolean
  readonly subjectAltNames: SubjectAltNames
  /** Lower-case hex; null: the extension is absent. */
  readonly subjectKeyIdentifier: string | null
  /** Its keyIdentifier in lower-case hex; null: absent. */
  readonly authorityKeyIdentifier: string | null
  /** szOID_NTDS_CA_SECURITY_EXT's SID, e.g. `S-1-5-21-1-2-3-1104`; null: absent. */
  readonly securityIdentifier: string | null
  /** The URIs, in order; empty: the extension is absent or names none. */
  readonly crlDistributionPoints: readonly string[]
  /** The encoded value; null: the extension is absent. */
  readonly nameConstraints: Buffer | null
  /** Object identifiers of critical extensions that the chain engine does not know. */
  readonly unknownCriticalExtensions: readonly string[]
  /** One of the extensions above cannot be read. */
  readonly isMalformed: boolean
  /** null: the extension is absent. */
  extension(oid: string): Buffer | null
  isSignedBy(issuer: Certificate): boolean
  readonly publicKey: KeyObject
}

/** @throws HarnessError ERR_DER for a certificate in BER: OpenSSL takes it, and nobody may sign one (RFC 5280 §4.1). */
export function parseCertificate(x509: X509Certificate): Certificate {
  return new ParsedCertificate(x509)
}

/** By the encodings, as CertCompareCertificateName does. */
export const isSelfIssued = ({ subjectDer, issuerDer }: Certificate): boolean => subjectDer.equals(issuerDer)

export const isSameCertificate = (one: Certificate, other: Certificate): boolean =>
  one === other || one.der.equals(other.der)

/** inferred: the extensions of RFC 5280 and the application policies that Microsoft added. */
const knownExtensions: ReadonlySet<string> = new Set(Object.values(extensionIds))

const noNames: SubjectAltNames = { userPrincipalNames: [], rfc822Names: [] }
const noCa: BasicConstraints = { cA: false, pathLenConstraint: null }
const decoded = Object.entries(decoders) as [keyof typeof decoders, (value: Buffer) => unknown][]

class ParsedCertificate implements Certificate {
  readonly #x509: X509Certificate
  readonly #fields: CertificateFields
  #publicKey: KeyObject | undefined

  constructor(x509: X509Certificate) {
    this.#x509 = x509
    this.#fields = readCertificateFields(x509.raw)
  }

  // An empty Name is undefined, whatever the types say.
  get subject(): string {
    return this.#x509.subject || ''
  }

  get issuer(): string {
    return this.#x509.issuer || ''
  }

  get subjectDer(): Buffer {
    return this.#fields.subjectDer
  }

  get issuerDer(): Buffer {
    return this.#fields.issuerDer
  }

  get serialNumber(): string {
    return this.#x509.serialNumber
  }

  get der(): Buffer {
    return this.#x509.raw
  }

  get fingerprint(): string {
    return this.#x509.fingerprint.replaceAll(':', '').toLowerCase()
  }

  get notBefore(): number {
    return Date.parse(this.#x509.validFrom)
  }

  get notAfter(): number {
    return Date.parse(this.#x509.validTo)
  }

  get extKeyUsage(): readonly string[] | null {
    return this.#decode('extKeyUsage', decoders.extKeyUsage, null)
  }

  get hasDigitalSignature(): boolean | null {
    return this.#decode('keyUsage', decoders.keyUsage, null)
  }

  get basicConstraints(): BasicConstraints | null {
    return this.#decode('basicConstraints', decoders.basicConstraints, null, noCa)
  }

  /** Behind `ca` is OpenSSL's X509_check_ca, which looks at keyUsage as well. */
  get isCa(): boolean {
    return this.#x509.ca
  }

  get subjectAltNames(): SubjectAltNames {
    return this.#decode('subjectAltName', decoders.subjectAltName, noNames)
  }

  get subjectKeyIdentifier(): string | null {
    return this.#decode('subjectKeyIdentifier', decoders.subjectKeyIdentifier, null)
  }

  get authorityKeyIdentifier(): string | null {
    return this.#decode('authorityKeyIdentifier', decoders.authorityKeyIdentifier, null)
  }

  get securityIdentifier(): string | null {
    return this.#decode('securityIdentifier', decoders.securityIdentifier, null)
  }

  get crlDistributionPoints(): readonly string[] {
    return this.#decode('cRLDistributionPoints', decoders.cRLDistributionPoints, [])
  }

  get nameConstraints(): Buffer | null {
    return this.extension(extensionIds.nameConstraints)
  }

  get unknownCriticalExtensions(): readonly string[] {
    return [...this.#fields.extensions]
      .filter(([oid, { critical }]) => critical && !knownExtensions.has(oid))
      .map(([oid]) => oid)
  }

  get isMalformed(): boolean {
    return decoded.some(([name, decode]) => {
      const value = this.extension(extensionIds[name])
      return value !== null && !isReadable(value, decode)
    })
  }

  get publicKey(): KeyObject {
    return (this.#publicKey ??= this.#x509.publicKey)
  }

  extension(oid: string): Buffer | null {
    return this.#fields.extensions.get(oid)?.value ?? null
  }

  isSignedBy(issuer: Certificate): boolean {
    try {
      return this.#x509.verify(issuer.publicKey)
    } catch {
      // A key of an unknown kind, or of another kind than the signature: it did not sign this.
      return false
    }
  }

  #decode<T, Absent>(
    name: keyof typeof extensionIds,
    decode: (value: Buffer) => T,
    absent: Absent,
    unreadable: T | Absent = absent,
  ): T | Absent {
    const value = this.extension(extensionIds[name])
    if (value === null) return absent
    try {
      return decode(value)
    } catch {
      return unreadable
    }
  }
}

function isReadable(value: Buffer, decode: (value: Buffer) => unknown): boolean {
  try {
    decode(value)
    return true
  } catch {
    return false
  }
}
