/**
 * What a page learns about the client's certificate: CERT_* [srvvars], and the keys of ASP's Request.ClientCertificate
 * [aspcc] as `ClientCertificate(Subject)`, `ClientCertificate(SubjectCN)`.
 */
import { createHash } from 'node:crypto'
import { certificateCodes } from '../codes.ts'
import type { Certificate } from '../schannel/certificate.ts'
import type { ClientCertificate } from '../schannel/client-certificate-context.ts'
import { nameAttributes, nameText } from './name-text.ts'

/** ceCertPresent and ceUnrecognizedIssuer [aspcc] [certflags]. */
const PRESENT = 1
const UNRECOGNISED_ISSUER = 2

/** Verdicts that are about the issuer. Seen only where a URL asks for no certificate: elsewhere 403.16 comes first. */
const unrecognised: readonly number[] = [
  certificateCodes.CERT_E_UNTRUSTEDROOT.hresult,
  certificateCodes.CERT_E_CHAINING.hresult,
  certificateCodes.CERT_E_UNTRUSTEDCA.hresult,
  certificateCodes.CERT_E_UNTRUSTEDTESTROOT.hresult,
]

export function clientCertificateVariables(client: ClientCertificate | null): Record<string, string> {
  const certificate = client?.certificate ?? null
  const shown = {
    // Empty without a certificate: the documents say so of both (inferred for CERT_FLAGS, which may be 0).
    Flags: client === null ? '' : String(flagsOf(client)),
    Issuer: certificate ? nameText(certificate.issuerDer) : '',
    SerialNumber: certificate ? serialNumberText(certificate.serialNumber) : '',
    Subject: certificate ? nameText(certificate.subjectDer) : '',
  }
  return {
    CERT_COOKIE: certificate ? cookie(certificate) : '',
    CERT_FLAGS: shown.Flags,
    CERT_ISSUER: shown.Issuer,
    CERT_SERIALNUMBER: shown.SerialNumber,
    CERT_SUBJECT: shown.Subject,
    ...collection({
      ...shown,
      ValidFrom: certificate ? dateText(certificate.notBefore) : '',
      ValidUntil: certificate ? dateText(certificate.notAfter) : '',
      ...(certificate && {
        ...subFields('Issuer', certificate.issuerDer),
        ...subFields('Subject', certificate.subjectDer),
        Certificate: certificate.der.toString('base64'),
      }),
    }),
  }
}

const flagsOf = ({ verdict }: ClientCertificate): number =>
  unrecognised.includes(verdict >>> 0) ? PRESENT | UNRECOGNISED_ISSUER : PRESENT

/** Opaque, and the same for the same certificate; that it is a digest is inferred. */
const cookie = ({ der }: Certificate): string => createHash('sha256').update(der).digest('hex').slice(0, 32)

/** `04-67-F3-02`, the spelling of the documents [aspcc]; observed ones are in lower case too. */
function serialNumberText(hex: string): string {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  return even.toUpperCase().replace(/..(?=.)/g, '$&-')
}

/** VBScript's general date of an English (United States) system, which is UTC here: `9/26/1996 11:59:59 PM` [aspcc]. */
function dateText(epochMs: number): string {
  if (Number.isNaN(epochMs)) return ''
  const date = new Date(epochMs)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = date.getUTCHours()
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`
  const time = `${hours % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  return `${day} ${time} ${hours < 12 ? 'AM' : 'PM'}`
}

/** One entry for each type of attribute; where it is repeated, the values together (inferred). */
function subFields(key: 'Issuer' | 'Subject', der: Buffer): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const { type, text } of nameAttributes(der).flat()) {
    const field = `${key}${type}`
    const seen = fields[field]
    fields[field] = seen === undefined ? text : `${seen}; ${text}`
  }
  return fields
}

const collection = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [`ClientCertificate(${key})`, value]))
