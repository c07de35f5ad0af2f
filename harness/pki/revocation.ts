/**
 * CRLs that revoke nothing: a server with revocation checking on must find one for every authority.
 * RFC 5280 §5.1. Revoked identities need entries here and do not exist yet.
 */
import { decodeDer, elementsOf, encodeDer, integer, sequence, tagged, time } from './asn1.ts'
import { authorityKeyIdentifier, cRLNumber } from './extensions.ts'
import { signatureAlgorithm } from './key.ts'
import { signed } from './signed.ts'
import type { Issuer } from './tbs-certificate.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** RFC 5280 §5.1.2.1: v2 is encoded as 1. */
const VERSION_2 = 1

/** Backdated against clock skew, and good for as long as the identities of a folder are. */
const validityDays = { thisUpdate: -1, nextUpdate: 365 }

/** revokedCertificates MUST be absent when there are none (RFC 5280 §5.1.2.6). */
export function emptyCrl(issuer: Issuer, now: number): Uint8Array {
  const tbsCertList = sequence(
    integer(VERSION_2),
    signatureAlgorithm(issuer.key),
    issuer.name,
    time(now + validityDays.thisUpdate * DAY_MS),
    time(now + validityDays.nextUpdate * DAY_MS),
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
