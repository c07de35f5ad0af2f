/**
 * A certificate as the chain engine sees it: RFC 5280 fields, parsed once. Parsing is node:crypto's; only
 * basicConstraints, which it does not show in full, is read in basic-constraints.ts.
 */
import type { KeyObject, X509Certificate } from 'node:crypto'
import { readBasicConstraints } from './basic-constraints.ts'
import type { BasicConstraints } from './basic-constraints.ts'

export interface Certificate {
  /** Names as node:crypto prints them; equal text is equal enough, because a signature has the last word. */
  readonly subject: string
  readonly issuer: string
  readonly der: Buffer
  /** Epoch milliseconds; NaN for a time that nobody can read, which lies within no validity. */
  readonly notBefore: number
  readonly notAfter: number
  /** Object identifiers; null: the extension is absent. */
  readonly extKeyUsage: readonly string[] | null
  /** null: the extension is absent. */
  readonly basicConstraints: BasicConstraints | null
  /** basicConstraints say so, and keyUsage, when present, has keyCertSign. */
  readonly isCa: boolean
  isSignedBy(issuer: Certificate): boolean
  readonly publicKey: KeyObject
}

export function parseCertificate(x509: X509Certificate): Certificate {
  return new ParsedCertificate(x509)
}

export const isSelfIssued = ({ subject, issuer }: Certificate): boolean => subject === issuer

/** What every connection needs is read at once; what only a CA certificate is asked for, on first use. */
class ParsedCertificate implements Certificate {
  readonly subject: string
  readonly issuer: string
  readonly der: Buffer
  readonly notBefore: number
  readonly notAfter: number
  readonly extKeyUsage: readonly string[] | null
  readonly #x509: X509Certificate
  #publicKey: KeyObject | undefined
  #basicConstraints: BasicConstraints | null | undefined

  constructor(x509: X509Certificate) {
    this.#x509 = x509
    // An empty Name is undefined, whatever the types say.
    this.subject = x509.subject || ''
    this.issuer = x509.issuer || ''
    this.der = x509.raw
    this.notBefore = Date.parse(x509.validFrom)
    this.notAfter = Date.parse(x509.validTo)
    // node:crypto calls extKeyUsage keyUsage; without the extension it is undefined, whatever its types say.
    this.extKeyUsage = Array.isArray(x509.keyUsage) ? x509.keyUsage : null
  }

  get publicKey(): KeyObject {
    return (this.#publicKey ??= this.#x509.publicKey)
  }

  get basicConstraints(): BasicConstraints | null {
    if (this.#basicConstraints === undefined) this.#basicConstraints = readBasicConstraints(this.der)
    return this.#basicConstraints
  }

  /** Behind `ca` is OpenSSL's X509_check_ca, which looks at keyUsage as well. */
  get isCa(): boolean {
    return this.#x509.ca
  }

  isSignedBy(issuer: Certificate): boolean {
    try {
      return this.#x509.verify(issuer.publicKey)
    } catch {
      // A key of an unknown kind, or of another kind than the signature: it did not sign this.
      return false
    }
  }
}
