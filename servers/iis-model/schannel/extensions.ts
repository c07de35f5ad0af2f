/**
 * The values of certificate extensions that a client certificate is judged and mapped by. RFC 5280 §4.2.1, and two of
 * Microsoft's own. Finding an extension is certificate-fields.ts.
 */
import {
  constructedTag,
  contextTag,
  decode,
  elementsOf,
  expectTag,
  objectIdentifier,
  readElement,
  tags,
} from './der.ts'
import type { Element } from './der.ts'

export interface BasicConstraints {
  readonly cA: boolean
  /** null: any number of intermediates may follow. */
  readonly pathLenConstraint: number | null
}

export interface SubjectAltNames {
  /** otherName of type szOID_NT_PRINCIPAL_NAME. */
  readonly userPrincipalNames: readonly string[]
  readonly rfc822Names: readonly string[]
}

export const extensionIds = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  cRLDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
  /** szOID_APPLICATION_CERT_POLICIES and its two companions. */
  applicationPolicies: '1.3.6.1.4.1.311.21.10',
  applicationPolicyMappings: '1.3.6.1.4.1.311.21.11',
  applicationPolicyConstraints: '1.3.6.1.4.1.311.21.12',
  certificateTemplate: '1.3.6.1.4.1.311.21.7',
  /** szOID_NTDS_CA_SECURITY_EXT [kb5014754s]. */
  securityIdentifier: '1.3.6.1.4.1.311.25.2',
} as const

/** szOID_NT_PRINCIPAL_NAME. */
const USER_PRINCIPAL_NAME = '1.3.6.1.4.1.311.20.2.3'
/** szOID_NTDS_OBJECTSID. */
const OBJECT_SID = '1.3.6.1.4.1.311.25.2.1'

/** GeneralName, RFC 5280 §4.2.1.6. */
const OTHER_NAME = constructedTag(0)
const RFC822_NAME = contextTag(1)
const UNIFORM_RESOURCE_IDENTIFIER = contextTag(6)

/** Reads extnValue's contents, by the extension's name. @throws HarnessError ERR_DER, each of them. */
export const decoders = {
  authorityKeyIdentifier,
  basicConstraints,
  cRLDistributionPoints,
  extKeyUsage,
  keyUsage,
  securityIdentifier,
  subjectAltName,
  subjectKeyIdentifier,
} as const satisfies Partial<Record<keyof typeof extensionIds, (value: Buffer) => unknown>>

/** RFC 5280 §4.2.1.9. */
function basicConstraints(value: Buffer): BasicConstraints {
  const fields = [...elementsOf(decode(value, tags.sequence))]
  const cA = fields[0]?.tag === tags.boolean ? fields.shift() : undefined
  const pathLenConstraint = fields.shift()
  if (fields.length > 0) expectTag(fields[0], tags.sequence)
  return {
    cA: cA !== undefined && cA.contents[0] !== 0,
    pathLenConstraint:
      pathLenConstraint === undefined
        ? null
        : Number.parseInt(expectTag(pathLenConstraint, tags.integer).contents.toString('hex'), 16),
  }
}

/** Whether digitalSignature is set: bit 0, the most significant one. RFC 5280 §4.2.1.3. */
function keyUsage(value: Buffer): boolean {
  return ((decode(value, tags.bitString).contents[1] ?? 0) & 0x80) !== 0
}

/** RFC 5280 §4.2.1.6. */
function subjectAltName(value: Buffer): SubjectAltNames {
  const names = [...elementsOf(decode(value, tags.sequence))]
  return {
    userPrincipalNames: names
      .map((name) => otherName(name, USER_PRINCIPAL_NAME))
      .filter(isPresent)
      .map(text),
    rfc822Names: names.filter(({ tag }) => tag === RFC822_NAME).map(text),
  }
}

/** Lower-case hex. RFC 5280 §4.2.1.2. */
function subjectKeyIdentifier(value: Buffer): string {
  return decode(value, tags.octetString).contents.toString('hex')
}

/** keyIdentifier in lower-case hex; null without one. RFC 5280 §4.2.1.1. */
function authorityKeyIdentifier(value: Buffer): string | null {
  for (const { tag, contents } of elementsOf(decode(value, tags.sequence))) {
    if (tag === contextTag(0)) return contents.toString('hex')
  }
  return null
}

/** The uniformResourceIdentifiers of all distribution points, in order. RFC 5280 §4.2.1.13. */
function cRLDistributionPoints(value: Buffer): readonly string[] {
  return [...elementsOf(decode(value, tags.sequence))]
    .flatMap((point) => tagged(expectTag(point, tags.sequence), constructedTag(0)))
    .flatMap((distributionPoint) => tagged(distributionPoint, constructedTag(0)))
    .flatMap((fullName) => tagged(fullName, UNIFORM_RESOURCE_IDENTIFIER))
    .map(text)
}

/** Object identifiers. RFC 5280 §4.2.1.12. */
function extKeyUsage(value: Buffer): readonly string[] {
  return [...elementsOf(decode(value, tags.sequence))].map(objectIdentifier)
}

/** The SID as text, e.g. `S-1-5-21-1-2-3-1104`; null when the extension holds something else. */
function securityIdentifier(value: Buffer): string | null {
  for (const name of elementsOf(decode(value, tags.sequence))) {
    const sid = otherName(name, OBJECT_SID)
    if (sid) return expectTag(sid, tags.octetString).contents.toString('latin1')
  }
  return null
}

/** The value of an otherName of this type; null when it is another name. */
function otherName(name: Element, typeId: string): Element | null {
  if (name.tag !== OTHER_NAME) return null
  const [type, value] = elementsOf(name)
  if (type === undefined || objectIdentifier(type) !== typeId) return null
  return readElement(expectTag(value, constructedTag(0)).contents)
}

const tagged = (element: Element, wanted: number): readonly Element[] =>
  [...elementsOf(element)].filter(({ tag }) => tag === wanted)

const isPresent = (element: Element | null): element is Element => element !== null

/** UTF8String, IA5String and PrintableString are read as UTF-8; BMPString is UCS-2, big-endian. */
function text({ tag, contents }: Element): string {
  return tag === tags.bmpString && contents.length % 2 === 0
    ? Buffer.from(contents).swap16().toString('utf16le')
    : contents.toString('utf8')
}
