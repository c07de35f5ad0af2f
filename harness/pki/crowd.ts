/**
 * A crowd of self-issued CA certificates that nobody uses: a machine's Root store can be full of them, and then the
 * CA list of CertificateRequest grows past what the server or one TLS record can carry. RFC 8446 §4.2.4, RFC 5246 §7.4.4.
 */
import type { CertificateSpec, IssuedCertificate } from '../model/identity.ts'
import { issuedCertificate } from './issued-certificate.ts'
import { makeKeyPair } from './key.ts'
import type { OwnKeySpec } from './key.ts'
import { encodeName } from './name.ts'
import { randomSerialNumber } from './serial-number.ts'
import { signed } from './signed.ts'
import { tbsCertificate } from './tbs-certificate.ts'

/** With names of about 120 bytes some 30 kB: past 12,228 bytes and 16 KiB, which are IIS's limits, and past one TLS record. */
const MEMBERS = 250

/** The length of a commercial CA's name. */
const PADDING = 'Nobody trusts or uses this certification authority, it only makes a list long'

const key: OwnKeySpec = { kind: 'ec', curve: 'P-256' }

/** The members are made when the crowd is first called for: most runs never do. One key is enough for all. */
export async function makeCrowd(now: number): Promise<() => readonly IssuedCertificate[]> {
  const keyPair = await makeKeyPair(key)
  const member = (index: number): IssuedCertificate => {
    const spec = memberSpec(index)
    return issuedCertificate(
      signed(
        tbsCertificate({
          spec,
          subjectKey: keyPair,
          issuer: { name: encodeName(spec.subject), key: keyPair },
          signer: keyPair,
          serialNumber: randomSerialNumber(),
          crlUrl: null,
          now,
        }),
        keyPair,
      ),
    )
  }
  let members: readonly IssuedCertificate[] | null = null
  return () => (members ??= Array.from({ length: MEMBERS }, (_, index) => member(index)))
}

function memberSpec(index: number): CertificateSpec {
  return {
    subject: [
      ['O', 'Countersign'],
      ['OU', PADDING],
      ['CN', `crowd-${String(index + 1).padStart(3, '0')}`],
    ],
    issuer: 'self',
    key,
    validityDays: { notBefore: -365, notAfter: 3650 },
    keyUsage: ['keyCertSign', 'cRLSign'],
    extKeyUsage: null,
    basicConstraints: { cA: true },
  }
}
