/**
 * Whether a browser would offer an identity to a server that asks. The rules are ours, after Chromium on Windows
 * (net/ssl/client_cert_store_win.cc) and Microsoft's troubleshooting pages; a real Chromium has not proved them yet.
 * Which of several identities a user then picks, and a prompt that is cancelled, are not decided here.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { Identity } from '../model/identity.ts'
import { certificateFields } from './certificate-fields.ts'

/** What of a CertificateRequest counts. */
export interface OfferRequest {
  /** The encoded names of the list; empty: any issuer will do. */
  readonly authorities: readonly Uint8Array[]
  /** IANA names; empty: any (RFC 5246 §7.4.4 has them since TLS 1.2). */
  readonly signatureSchemes: readonly string[]
}

/** In the order in which they are looked at. */
export type Withheld =
  | 'no-issuer-in-ca-names'
  | 'extended-key-usage'
  | 'key-usage'
  | 'validity'
  | 'no-private-key'
  | 'no-signature-scheme'

export type Offer = { readonly offered: true } | { readonly offered: false; readonly because: Withheld }

interface Candidate {
  readonly identity: Identity
  readonly certificate: X509Certificate
  readonly request: OfferRequest
  readonly nowMs: number
}

/** The first rule that is broken counts. */
const rules: readonly (readonly [Withheld, (candidate: Candidate) => boolean])[] = [
  ['no-issuer-in-ca-names', hasListedIssuer],
  ['extended-key-usage', allowsClientAuth],
  ['key-usage', allowsDigitalSignature],
  ['validity', isValidNow],
  ['no-private-key', ({ identity }) => identity.keyPem !== null],
  ['no-signature-scheme', canSign],
]

export function offers(identity: Identity, request: OfferRequest, nowMs: number): Offer {
  const [leaf] = identity.chain
  if (leaf === undefined) return { offered: false, because: 'no-private-key' }
  const candidate = { identity, certificate: new X509Certificate(leaf.der), request, nowMs }
  const broken = rules.find(([, holds]) => !holds(candidate))
  return broken === undefined ? { offered: true } : { offered: false, because: broken[0] }
}

/** RFC 8446 §4.2.4, RFC 5246 §7.4.6: a certificate of the chain is issued by one of the listed authorities. */
function hasListedIssuer({ identity, request }: Candidate): boolean {
  if (request.authorities.length === 0) return true
  return identity.chain.some(({ der }) => {
    const { issuerDer } = certificateFields(der)
    return issuerDer !== null && request.authorities.some((name) => Buffer.compare(name, issuerDer) === 0)
  })
}

/** RFC 5280 §4.2.1.12. */
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0'

/** node:crypto calls extKeyUsage `keyUsage`, and gives undefined where a certificate has none. */
function allowsClientAuth({ certificate }: Candidate): boolean {
  const purposes = certificate.keyUsage as readonly string[] | undefined
  if (purposes === undefined) return true
  return purposes.includes(CLIENT_AUTH) || purposes.includes(ANY_EXTENDED_KEY_USAGE)
}

function allowsDigitalSignature({ certificate }: Candidate): boolean {
  return certificateFields(certificate.raw).digitalSignature !== false
}

function isValidNow({ certificate, nowMs }: Candidate): boolean {
  return Date.parse(certificate.validFrom) <= nowMs && nowMs <= Date.parse(certificate.validTo)
}

/** What the names of a key type's signature schemes begin with (IANA "TLS SignatureScheme"). */
const schemeStart: Readonly<Record<string, string>> = {
  rsa: 'rsa_',
  'rsa-pss': 'rsa_pss_pss_',
  ec: 'ecdsa_',
  ed25519: 'ed25519',
}

function canSign({ identity, request: { signatureSchemes } }: Candidate): boolean {
  if (signatureSchemes.length === 0) return true
  const start = schemeStart[createPrivateKey(identity.keyPem ?? '').asymmetricKeyType ?? '']
  return start !== undefined && signatureSchemes.some((scheme) => scheme.startsWith(start))
}
