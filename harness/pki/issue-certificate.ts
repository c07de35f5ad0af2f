/** Issues one certificate: finds who signs it and what it says of its issuer's CRL. RFC 5280 §4.1. */
import { crlUrl } from '../model/crl-location.ts'
import { HarnessError } from '../model/errors.ts'
import type { AuthorityName, CertificateSpec, IssuedCertificate } from '../model/identity.ts'
import { issuedCertificate } from './issued-certificate.ts'
import type { KeyPair } from './key.ts'
import { encodeName } from './name.ts'
import { signed } from './signed.ts'
import type { Subject } from './subject.ts'
import { tbsCertificate } from './tbs-certificate.ts'
import type { Issuer } from './tbs-certificate.ts'

export interface Circumstances {
  /** @throws HarnessError ERR_AUTHORITY_MISSING. */
  readonly issuer: (name: AuthorityName) => Promise<Issuer>
  /** The moment of issue, epoch milliseconds. */
  readonly now: number
  readonly distributionPoint: string
}

export async function issueCertificate(
  { spec, serialNumber, key }: Subject,
  { issuer, now, distributionPoint }: Circumstances,
): Promise<IssuedCertificate> {
  const subjectKey = await key
  if (spec.issuer === 'self') {
    checkSelfSigned(spec)
    const self = issuerOf(spec, subjectKey)
    const parts = { spec, subjectKey, issuer: self, signer: subjectKey, serialNumber, crlUrl: null, now }
    return issuedCertificate(signed(tbsCertificate(parts), subjectKey))
  }
  const authority = await issuer(spec.issuer)
  // The subject's own key: it is at hand, and the issuer's it is not.
  const signer = spec.signature === 'of-another-key' ? subjectKey : authority.key
  const url = spec.crl === undefined ? null : crlUrl(distributionPoint, spec.issuer, spec.crl)
  const parts = { spec, subjectKey, issuer: authority, signer, serialNumber, crlUrl: url, now }
  return issuedCertificate(signed(tbsCertificate(parts), signer))
}

export function issuerOf({ subject }: CertificateSpec, key: KeyPair): Issuer {
  return { name: encodeName(subject), key }
}

/** A CRL and a signature that should be somebody else's need an authority. */
function checkSelfSigned({ subject, crl, revoked, signature }: CertificateSpec): void {
  if (crl === undefined && revoked === undefined && signature === undefined) return
  throw new HarnessError('ERR_SELF_SIGNED', 'crl, revoked and signature need an authority as issuer', {
    where: `the certificate of ${subject.map(([type, value]) => `${type}=${value}`).join(', ')}`,
    hint: "leave them out, or name an authority in place of 'self'",
  })
}
