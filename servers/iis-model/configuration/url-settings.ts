/** Merged layers to the typed settings of a URL, section by section. */
import type { EffectiveOf } from './element-schema.ts'
import { effective } from './layers.ts'
import type { SectionLayers } from './levels.ts'
import { sections, type SectionName } from './section-schema.ts'
import type { AuthenticationSettings, IisClientCertificateMapping, UrlSettings } from './settings.ts'

export function urlSettings(layers: SectionLayers): UrlSettings {
  const section = <N extends SectionName>(name: N): EffectiveOf<(typeof sections)[N]> =>
    effective(sections[name], layers.get(name) ?? null)

  const authorization = section('system.webServer/security/authorization')
  return {
    access: { sslFlags: section('system.webServer/security/access').sslFlags },
    authentication: authentication(section),
    authorization: authorization.entries.map(({ accessType, users, roles, verbs }) => ({
      accessType,
      users: listed(users),
      roles: listed(roles),
      verbs: listed(verbs),
    })),
    httpErrors: { errorMode: section('system.webServer/httpErrors').errorMode },
    serverRuntime: {
      uploadReadAheadSize: section('system.webServer/serverRuntime').uploadReadAheadSize,
    },
  }
}

type ReadSection = <N extends SectionName>(name: N) => EffectiveOf<(typeof sections)[N]>

function authentication(section: ReadSection): AuthenticationSettings {
  const group = 'system.webServer/security/authentication'
  const anonymous = section(`${group}/anonymousAuthentication`)
  const basic = section(`${group}/basicAuthentication`)
  return {
    anonymousAuthentication: { enabled: anonymous.enabled, userName: anonymous.userName },
    basicAuthentication: {
      enabled: basic.enabled,
      realm: basic.realm,
      defaultLogonDomain: basic.defaultLogonDomain,
      logonMethod: basic.logonMethod,
    },
    windowsAuthentication: { enabled: section(`${group}/windowsAuthentication`).enabled },
    digestAuthentication: { enabled: section(`${group}/digestAuthentication`).enabled },
    clientCertificateMappingAuthentication: {
      enabled: section(`${group}/clientCertificateMappingAuthentication`).enabled,
    },
    iisClientCertificateMappingAuthentication: mapping(
      section(`${group}/iisClientCertificateMappingAuthentication`),
    ),
  }
}

type MappingSection =
  (typeof sections)['system.webServer/security/authentication/iisClientCertificateMappingAuthentication']

function mapping({
  oneToOneMappings,
  manyToOneMappings,
  ...attributes
}: EffectiveOf<MappingSection>): IisClientCertificateMapping {
  return {
    ...attributes,
    oneToOneMappings: oneToOneMappings.entries,
    manyToOneMappings: manyToOneMappings.entries.map(({ rules, ...entry }) => ({
      ...entry,
      rules: rules.entries,
    })),
  }
}

function listed(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
