/**
 * The values of altSecurityIdentities that name a certificate, by their forms [pkca]. A form is strong when nobody can
 * have another certificate issued that fits it too [kb5014754s]. Whom a value belongs to is active-directory.ts.
 */
import { createHash } from 'node:crypto'
import { HarnessError } from '../../../harness/model/errors.ts'
import type { Certificate } from '../schannel/certificate.ts'
import { decode, DerError, elementsOf, expectTag, tags } from '../schannel/der.ts'
import { nameText } from './name-text.ts'

/** I: the issuer alone, Schannel's own many-to-one form [schreg]. */
export type AltSecurityIdentityForm = 'I-S' | 'S' | 'RFC822' | 'I-SR' | 'SKI' | 'SHA1-PUKEY' | 'I'

/** What the forms are made from. */
export type IdentifiedCertificate = Pick<
  Certificate,
  | 'der'
  | 'fingerprint'
  | 'issuerDer'
  | 'serialNumber'
  | 'subjectAltNames'
  | 'subjectDer'
  | 'subjectKeyIdentifier'
>

/** @throws HarnessError ERR_ALT_SECURITY_IDENTITY: the certificate lacks what the form is made from. */
export function altSecurityIdentity(
  form: AltSecurityIdentityForm,
  certificate: IdentifiedCertificate,
): string {
  const [first] = altSecurityIdentitiesOf(form, certificate)
  if (first !== undefined) return first
  throw new HarnessError('ERR_ALT_SECURITY_IDENTITY', `the certificate has nothing to make ${form} from`, {
    hint: `choose another of ${Object.keys(forms).join(', ')}, or a certificate with that field`,
  })
}

/** Every value of the form that this certificate fits; none when it lacks the field. */
export const altSecurityIdentitiesOf = (
  form: AltSecurityIdentityForm,
  certificate: IdentifiedCertificate,
): readonly string[] => forms[form].values(certificate).map((value) => `X509:${value}`)

export const isStrong = (form: AltSecurityIdentityForm): boolean => forms[form].strong

/** Those that the KDC knows [pkca]. */
export const kdcForms = ['I-SR', 'SKI', 'SHA1-PUKEY', 'I-S', 'S', 'RFC822'] as const

interface Form {
  readonly strong: boolean
  values(certificate: IdentifiedCertificate): readonly string[]
}

const forms: Readonly<Record<AltSecurityIdentityForm, Form>> = {
  'I-S': {
    strong: false,
    values: ({ issuerDer, subjectDer }) =>
      present(nameText(issuerDer), (issuer) => present(nameText(subjectDer), (s) => [`<I>${issuer}<S>${s}`])),
  },
  S: {
    strong: false,
    values: ({ subjectDer }) => present(nameText(subjectDer), (subject) => [`<S>${subject}`]),
  },
  RFC822: {
    strong: false,
    values: ({ subjectAltNames }) => subjectAltNames.rfc822Names.map((name) => `<RFC822>${name}`),
  },
  'I-SR': {
    strong: true,
    values: ({ issuerDer, serialNumber }) =>
      present(nameText(issuerDer), (issuer) => [`<I>${issuer}<SR>${reversedBytes(serialNumber)}`]),
  },
  SKI: {
    strong: true,
    values: ({ subjectKeyIdentifier }) => present(subjectKeyIdentifier, (ski) => [`<SKI>${ski}`]),
  },
  'SHA1-PUKEY': {
    strong: true,
    // The hash of the public key by [pkca]. Scripts write the certificate's own hash there [aadx509]: whether Windows
    // takes it is not published, here it counts (inferred).
    values: (certificate) => [
      ...present(publicKeyHash(certificate), (hash) => [`<SHA1-PUKEY>${hash}`]),
      `<SHA1-PUKEY>${certificate.fingerprint}`,
    ],
  },
  I: {
    strong: false,
    values: ({ issuerDer }) => present(nameText(issuerDer), (issuer) => [`<I>${issuer}`]),
  },
}

const present = (value: string | null, values: (value: string) => readonly string[]): readonly string[] =>
  value === null ? [] : values(value)

/** The least significant byte first, as a CRYPT_INTEGER_BLOB has it [spatdsg]. */
const reversedBytes = (hex: string): string => (hex.match(/../g) ?? []).reverse().join('').toLowerCase()

/** Of the bits of subjectPublicKey, RFC 5280 §4.2.1.2 (1); which bytes [pkca] means is inferred. null: not readable. */
function publicKeyHash({ der }: IdentifiedCertificate): string | null {
  try {
    return createHash('sha1').update(subjectPublicKey(der)).digest('hex')
  } catch (thrown) {
    if (thrown instanceof DerError) return null
    throw thrown
  }
}

/** @throws HarnessError ERR_DER. */
function subjectPublicKey(der: Buffer): Buffer {
  const [tbsCertificate] = elementsOf(decode(der, tags.sequence))
  const fields = [...elementsOf(expectTag(tbsCertificate, tags.sequence))]
  // version [0] is absent from a certificate of version 1.
  const serialNumberAt = fields[0]?.tag === tags.integer ? 0 : 1
  const [, key] = elementsOf(expectTag(fields[serialNumberAt + SUBJECT_PUBLIC_KEY_INFO], tags.sequence))
  // The first octet counts the unused bits.
  return expectTag(key, tags.bitString).contents.subarray(1)
}

/** Behind serialNumber come signature, issuer, validity and subject. */
const SUBJECT_PUBLIC_KEY_INFO = 5
