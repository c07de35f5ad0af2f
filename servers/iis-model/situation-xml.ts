/**
 * A situation as IIS's own configuration: the applicationHost.config that its site is started from. The computer around
 * it, which no configuration file describes, is situation-machine.ts.
 */
import type { Identity } from '../../harness/model/identity.ts'
import type { ManyToOneSituation, MappingSituation, OneToOneSituation, Situation } from './situation.ts'

export interface SituationSite {
  readonly name: string
  readonly id: number
  /** What an identity presents, for mappings that hold its certificate. @throws when there is none. */
  readonly identity: (name: string) => Identity
}

/** An application of its own, for what stands at application level. */
const APPLICATION = '/app'

export function situationXml(situation: Situation, site: SituationSite): string {
  const mapping = situation.mapping ? mappingXml(situation.mapping, site) : ''
  const atSite = situation.mapping?.level === 'application' ? '' : mapping
  const atApplication = situation.mapping?.level === 'application' ? mapping : ''
  return `<?xml version="1.0" encoding="UTF-8"?>
<configuration>
  <system.applicationHost>
    <sites>
      <site name=${quoted(site.name)} id="${site.id}">
        <application path="/" />
        <application path="${APPLICATION}" />
        <bindings>
          <binding protocol="https" bindingInformation="*:443:" />
${situation.http ? '          <binding protocol="http" bindingInformation="*:80:" />\n' : ''}        </bindings>
${limitsXml(situation)}      </site>
    </sites>
  </system.applicationHost>
  <location path=${quoted(site.name)}>
    <system.webServer>
      <security>
        <access sslFlags="${situation.sslFlags.join(', ')}" />
        <authentication>
          <anonymousAuthentication enabled="${situation.anonymous ?? true}" />
          <basicAuthentication enabled="${situation.basic ?? false}" />
          <clientCertificateMappingAuthentication enabled="${situation.directory !== undefined}" />
${atSite}        </authentication>
${authorizationXml(situation)}      </security>
    </system.webServer>
  </location>
${atApplication === '' ? '' : locationXml(`${site.name}${APPLICATION}`, atApplication)}</configuration>
`
}

function locationXml(path: string, authentication: string): string {
  return `  <location path=${quoted(path)}>
    <system.webServer>
      <security>
        <authentication>
${authentication}        </authentication>
      </security>
    </system.webServer>
  </location>
`
}

function limitsXml({ connectionTimeoutMs }: Situation): string {
  if (connectionTimeoutMs === undefined) return ''
  const time = new Date(connectionTimeoutMs).toISOString().slice(11, 19)
  return `        <limits connectionTimeout="${time}" />\n`
}

function authorizationXml({ authorization = [] }: Situation): string {
  if (authorization.length === 0) return ''
  const rules = authorization.map(
    ({ accessType, users, roles, verbs }) =>
      `          <add accessType="${accessType}" users=${quoted(users.join(','))} roles=${quoted(roles.join(','))} verbs=${quoted(verbs.join(','))} />\n`,
  )
  return `        <authorization>\n          <clear />\n${rules.join('')}        </authorization>\n`
}

function mappingXml(mapping: MappingSituation, site: SituationSite): string {
  const { enabled = true, logonMethod = 'ClearText', defaultLogonDomain = '' } = mapping
  const { oneToOne = [], manyToOne = [] } = mapping
  return `          <iisClientCertificateMappingAuthentication enabled="${enabled}" logonMethod="${logonMethod}" defaultLogonDomain=${quoted(defaultLogonDomain)}>
            <oneToOneMappings>
${oneToOne.map((entry) => oneToOneXml(entry, site)).join('')}            </oneToOneMappings>
            <manyToOneMappings>
${manyToOne.map(manyToOneXml).join('')}            </manyToOneMappings>
          </iisClientCertificateMappingAuthentication>
`
}

function oneToOneXml({ identity, damage, ...entry }: OneToOneSituation, site: SituationSite): string {
  const [endEntity] = site.identity(identity).chain
  const base64 = Buffer.from(endEntity?.der ?? []).toString('base64')
  const certificate = damage === undefined ? base64 : damages[damage](base64)
  const { enabled = true, userName, password } = entry
  return `              <add enabled="${enabled}" userName=${quoted(userName)} password=${quoted(password)} certificate=${quoted(certificate)} />\n`
}

function manyToOneXml({ name, permissionMode = 'Allow', userName, password, rules }: ManyToOneSituation) {
  const rulesXml = rules.map(
    ({ certificateField, certificateSubField, matchCriteria, compareCaseSensitive = true }) =>
      `                  <add certificateField="${certificateField}" certificateSubField=${quoted(certificateSubField)} matchCriteria=${quoted(matchCriteria)} compareCaseSensitive="${compareCaseSensitive}" />\n`,
  )
  return `              <add name=${quoted(name)} enabled="true" permissionMode="${permissionMode}" userName=${quoted(userName)} password=${quoted(password)}>
                <rules>
${rulesXml.join('')}                </rules>
              </add>
`
}

/** What administrators have done to the base64 of a mapping [itq] [spike]. */
const damages: Readonly<Record<NonNullable<OneToOneSituation['damage']>, (base64: string) => string>> = {
  /** The last characters were not copied: the outer SEQUENCE is longer than what is there. */
  truncated: (base64) => base64.slice(0, -40),
  /** The first characters are others: no SEQUENCE. */
  garbled: (base64) => `QUFB${base64.slice(4)}`,
  'pem-armour': (base64) => `-----BEGIN CERTIFICATE-----${base64}-----END CERTIFICATE-----`,
  'line-breaks': (base64) => base64.replace(/.{64}/g, '$&&#10;'),
}

/** An attribute value in its quotes. A character reference that is there already is kept. */
function quoted(value: string): string {
  const escaped = value
    .replace(/&(?!#\d+;)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
  return `"${escaped}"`
}
