/**
 * CRLs: every authority has one, with what it has revoked, because a server that checks revocation must find one for
 * each. RFC 5280 §5.1. Where they are served is harness/model/crl-location.ts.
 */
import type { ServedCrl } from '../model/crl-location.ts'
import { decodeDer, elementsOf, encodeDer, integer, sequence, tagged, time } from './asn1.ts'
import type { Asn1 } from './asn1.ts'
import { authorityKeyIdentifier, cRLNumber } from './extensions.ts'
import { signatureAlgorithm } from './key.ts'
import { signed } from './signed.ts'
import type { Issuer } from './tbs-certificate.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** RFC 5280 §5.1.2.1: v2 is encoded as 1. */
const VERSION_2 = 1

/**
 * thisUpdate is backdated against clock skew, as the certificates are. The current CRL is good for as long as the
 * identities of a folder are; the stale one ran out half a day ago and is otherwise the same, number included.
 */
const validityDays: Readonly<Record<ServedCrl, { thisUpdate: number; nextUpdate: number }>> = {
  current: { thisUpdate: -1, nextUpdate: 365 },
  stale: { thisUpdate: -1, nextUpdate: -0.5 },
}

/** Not after thisUpdate, so that the stale CRL has the entry too. */
const REVOCATION_DAY = -1

export interface CrlToIssue {
  readonly issuer: Issuer
  /** Big-endian, as in the certificates. */
  readonly revokedSerialNumbers: readonly Uint8Array[]
  readonly kind: ServedCrl
  /** The moment that the days count from, epoch milliseconds. */
  readonly now: number
}

export function certificateRevocationList({
  issuer,
  revokedSerialNumbers,
  kind,
  now,
}: CrlToIssue): Uint8Array {
  const { thisUpdate, nextUpdate } = validityDays[kind]
  const tbsCertList = sequence(
    integer(VERSION_2),
    signatureAlgorithm(issuer.key),
    issuer.name,
    time(now + thisUpdate * DAY_MS),
    time(now + nextUpdate * DAY_MS),
    revokedCertificates(revokedSerialNumbers, now),
    tagged(0, sequence(authorityKeyIdentifier(issuer.key.keyIdentifier), cRLNumber(1))),
  )
  return signed(tbsCertList, issuer.key)
}

/** The encoded issuer Name of a v2 CRL; null when this is not one. */
export function crlIssuerDer(der: Uint8Array): Uint8Array | null {
  const [tbsCertList] = elementsOf(decodeDer(der))
  const [, , issuer] = elementsOf(tbsCertList)
  return issuer ? encodeDer(issuer) : null
}

/** RFC 5280 §5.1.2.6: MUST be absent when there are none. Without entry extensions: the reason is unspecified (§5.3.1). */
function revokedCertificates(serialNumbers: readonly Uint8Array[], now: number): Asn1 | null {
  if (serialNumbers.length === 0) return null
  const revocationDate = () => time(now + REVOCATION_DAY * DAY_MS)
  return sequence(...serialNumbers.map((serialNumber) => sequence(integer(serialNumber), revocationDate())))
}
