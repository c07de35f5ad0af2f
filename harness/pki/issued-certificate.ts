/**
 * What the rest of the harness wants to know of a certificate that exists. RFC 5280 §4.1.2.
 * Fresh certificates and those read from a folder pass through here, so both say the same.
 */
import { distinguishedNameText } from '../model/distinguished-name.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { IssuedCertificate } from '../model/identity.ts'
import { contentsOf, decodeDer, elementsOf, encodeDer, hasTag } from './asn1.ts'
import type { Asn1 } from './asn1.ts'
import { encodePem } from './encode.ts'

/** @throws HarnessError ERR_CERTIFICATE_SYNTAX when the bytes are not a Certificate. */
export function issuedCertificate(der: Uint8Array): IssuedCertificate {
  const [tbsCertificate] = elementsOf(decode(der))
  const fields = elementsOf(tbsCertificate)
  // [0] EXPLICIT version is DEFAULT v1.
  const [serialNumber, , issuer, , subject] = hasTag(fields[0], 0) ? fields.slice(1) : fields
  if (!serialNumber || !issuer || !subject) throw notACertificate('a field of TBSCertificate is missing')
  const subjectDer = encodeDer(subject)
  return {
    der,
    pem: encodePem('CERTIFICATE', der),
    subjectDer,
    subject: distinguishedNameText(subjectDer),
    issuer: distinguishedNameText(encodeDer(issuer)),
    serialNumber: Buffer.from(contentsOf(serialNumber)).toString('hex'),
  }
}

function decode(der: Uint8Array): Asn1 {
  try {
    return decodeDer(der)
  } catch (cause) {
    throw notACertificate(messageOf(cause), cause)
  }
}

function notACertificate(why: string, cause?: unknown): HarnessError {
  return new HarnessError('ERR_CERTIFICATE_SYNTAX', `not an X.509 certificate: ${why}`, { cause })
}
