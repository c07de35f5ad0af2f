/**
 * Many-to-one entries of iisClientCertificateMappingAuthentication: rules about attributes of subject and issuer
 * [iiscm] [kb2026113]. The first entry in the list that matches decides, also against a later Deny [iis7-order].
 */
import type { ManyToOneMapping, ManyToOneRule } from '../configuration/settings.ts'
import { foldCase } from '../machine/ordinal-ignore-case.ts'
import type { Certificate } from '../schannel/certificate.ts'
import { readName } from '../schannel/name.ts'
import type { Attribute } from '../schannel/name.ts'
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
  const wanted = subFields.get(rule.certificateSubField)
  if (wanted === undefined) return false
  const fold = (text: string): string => (rule.compareCaseSensitive ? text : foldCase(text))
  const matches = wildcard(fold(rule.matchCriteria))
  return names[rule.certificateField].some(
    ({ shortName, text }) => shortName === wanted && text !== null && matches(fold(text)),
  )
}

/**
 * `certificateSubField` by its spelling, which counts [iiscm]: the names of IIS's dialog [iis6-m1], T to I of [aspcc].
 * ST, G, E, DC and SN are other people's names for the same and taken as well (inferred). Any other matches nothing.
 * The values are short names of schannel/name.ts.
 */
const subFields: ReadonlyMap<string, string> = new Map([
  ...['CN', 'OU', 'O', 'L', 'S', 'C', 'T', 'I', 'G', 'E', 'SN', 'DC'].map((name) => [name, name] as const),
  ['GN', 'G'],
  ['Email', 'E'],
  ['ST', 'S'],
])
