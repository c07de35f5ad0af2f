/**
 * A certificate revocation list as the revocation check sees it. RFC 5280 §5. Base lists of one issuer only: a delta,
 * indirect or partitioned list is none that can be used here. Getting one is crl-download.ts.
 */
import { HarnessError } from '../../../harness/model/errors.ts'
import { isSameCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { readExtensions } from './certificate-fields.ts'
import { constructedTag, decode, elementsOf, expectTag, readElement, tags, timeOf } from './der.ts'
import type { Element } from './der.ts'
import { verifies } from './signature-algorithms.ts'
import type { Signed } from './signature-algorithms.ts'

export interface Crl {
  /** The encoded Name. */
  readonly issuerDer: Buffer
  /** Epoch milliseconds. */
  readonly thisUpdate: number
  /** null: the list does not say. RFC 5280 §5.1.2.5 wants it there. */
  readonly nextUpdate: number | null
  readonly sizeBytes: number
  isSignedBy(issuer: Certificate): boolean
  has(certificate: Certificate): boolean
}

/** cRLNumber, authorityKeyIdentifier and freshestCRL may be critical without changing what the list says. */
const harmless: ReadonlySet<string> = new Set(['2.5.29.20', '2.5.29.35', '2.5.29.46'])
const DELTA_CRL_INDICATOR = '2.5.29.27'
const PEM = /^\s*-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]*)-----END X509 CRL-----/

/** DER, or PEM as CryptoAPI takes it too. @throws HarnessError ERR_DER, or ERR_CRL for a list of another kind. */
export function parseCrl(bytes: Buffer): Crl {
  const base64 = bytes[0] === tags.sequence ? null : PEM.exec(bytes.toString('latin1'))?.[1]
  const der = base64 ? Buffer.from(base64, 'base64') : bytes
  const [tbsCertList, algorithm, signature] = elementsOf(decode(der, tags.sequence))
  const fields = [...elementsOf(expectTag(tbsCertList, tags.sequence))]
  // version is absent from a list of version 1.
  if (fields[0]?.tag === tags.integer) fields.shift()
  const [, issuer, thisUpdate, ...optional] = fields
  const nextUpdate = isTime(optional[0]) ? optional.shift() : undefined
  const revoked = optional[0]?.tag === tags.sequence ? optional.shift() : undefined
  const [extensions] = optional
  if (extensions) refuseOtherKinds(expectTag(extensions, constructedTag(0)))

  const signed = {
    toBeSigned: expectTag(tbsCertList, tags.sequence).encoded,
    algorithm: expectTag(algorithm, tags.sequence),
    signature: expectTag(signature, tags.bitString),
  }
  const serialNumbers = revoked ? serialNumbersOf(revoked) : new Set<string>()
  return {
    issuerDer: expectTag(issuer, tags.sequence).encoded,
    thisUpdate: timeOf(thisUpdate),
    nextUpdate: nextUpdate ? timeOf(nextUpdate) : null,
    sizeBytes: bytes.length,
    isSignedBy: memoized((issuer) => isVerifiedBy(signed, issuer)),
    has: ({ serialNumber }) => serialNumbers.has(withoutLeadingZeros(serialNumber)),
  }
}

/** userCertificate of each entry. An entry's reason, certificateHold too, changes nothing (inferred). */
function serialNumbersOf(revokedCertificates: Element): ReadonlySet<string> {
  const serialNumbers = new Set<string>()
  for (const entry of elementsOf(revokedCertificates)) {
    const { contents } = expectTag(readElement(expectTag(entry, tags.sequence).contents), tags.integer)
    serialNumbers.add(withoutLeadingZeros(contents.toString('hex').toUpperCase()))
  }
  return serialNumbers
}

/** @throws HarnessError ERR_CRL. */
function refuseOtherKinds(tagged: Element): void {
  for (const [oid, { critical }] of readExtensions(tagged)) {
    if (oid !== DELTA_CRL_INDICATOR && (!critical || harmless.has(oid))) continue
    throw new HarnessError('ERR_CRL', `a list with the extension ${oid}`, {
      hint: 'only a complete list of one issuer can be used',
    })
  }
}

function isVerifiedBy(signed: Signed, issuer: Certificate): boolean {
  try {
    return verifies(signed, issuer.publicKey)
  } catch {
    // A key of an unknown kind, or of another kind than the signature: it did not sign this.
    return false
  }
}

/** A list is asked for on every connection, and its issuer is nearly always the same. */
function memoized(ask: (issuer: Certificate) => boolean): (issuer: Certificate) => boolean {
  let last: { readonly issuer: Certificate; readonly answer: boolean } | null = null
  return (issuer) => {
    if (last === null || !isSameCertificate(last.issuer, issuer)) last = { issuer, answer: ask(issuer) }
    return last.answer
  }
}

const isTime = (element: Element | undefined): boolean =>
  element?.tag === tags.utcTime || element?.tag === tags.generalizedTime

const withoutLeadingZeros = (hex: string): string => hex.replace(/^0+/, '')
