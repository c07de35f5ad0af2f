/**
 * Many-to-one entries of iisClientCertificateMappingAuthentication: rules about attributes of subject and issuer
 * [iiscm] [kb2026113]. The first entry in the list that matches decides, also against a later Deny [iis7-order].
 */
import type { ManyToOneMapping, ManyToOneRule } from '../configuration/settings.ts'
import { foldCase } from '../machine/ordinal-ignore-case.ts'
import type { Certificate } from '../schannel/certificate.ts'
import { readName } from './name.ts'
import type { Attribute } from './name.ts'
import { wildcard } from './wildcard.ts'

export type NamedCertificate = Pick<Certificate, 'subjectDer' | 'issuerDer'>

export function findManyToOne(
  certificate: NamedCertificate,
  mappings: readonly ManyToOneMapping[],
): ManyToOneMapping | null {
  const names: Names = {
    Subject: attributesOf(certificate.subjectDer),
    Issuer: attributesOf(certificate.issuerDer),
  }
  return mappings.find((mapping) => mapping.enabled && allRulesMatch(mapping, names)) ?? null
}

type Names = Readonly<Record<ManyToOneRule['certificateField'], readonly Attribute[]>>

/** What is no Name has no attributes. */
const attributesOf = (der: Buffer): readonly Attribute[] => readName(der)?.flat() ?? []

/** An entry without rules matches nobody: an account for everybody would be a trap (inferred). */
const allRulesMatch = ({ rules }: ManyToOneMapping, names: Names): boolean =>
  rules.length > 0 && rules.every((rule) => ruleMatches(rule, names))

/** Any one of a repeated attribute may match, and an attribute that is missing matches nothing (both inferred). */
function ruleMatches(rule: ManyToOneRule, names: Names): boolean {
  const type = subFields.get(rule.certificateSubField)
  const fold = (text: string): string => (rule.compareCaseSensitive ? text : foldCase(text))
  const matches = wildcard(fold(rule.matchCriteria))
  return names[rule.certificateField].some(
    (attribute) => attribute.type === type && attribute.value !== null && matches(fold(attribute.value)),
  )
}

/**
 * `certificateSubField` by its spelling, which counts [iiscm]: the names of IIS's dialog [iis6-m1], T to I of [aspcc].
 * ST, G, E, DC and SN are other people's names for the same and taken as well (inferred). Any other matches nothing.
 */
const subFields: ReadonlyMap<string, string> = new Map([
  ['CN', '2.5.4.3'],
  ['SN', '2.5.4.4'],
  ['C', '2.5.4.6'],
  ['L', '2.5.4.7'],
  ['S', '2.5.4.8'],
  ['ST', '2.5.4.8'],
  ['O', '2.5.4.10'],
  ['OU', '2.5.4.11'],
  ['T', '2.5.4.12'],
  ['GN', '2.5.4.42'],
  ['G', '2.5.4.42'],
  ['I', '2.5.4.43'],
  ['Email', '1.2.840.113549.1.9.1'],
  ['E', '1.2.840.113549.1.9.1'],
  ['DC', '0.9.2342.19200300.100.1.25'],
])
