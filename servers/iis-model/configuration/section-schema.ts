/**
 * The sections that the model reads, with the types and defaults of IIS's own schema. One row is one section: to read
 * another, add a row. The schema is the same from IIS 7.0 to 10.0 for what matters here [acc] [iiscm].
 * Sources are keys of README.md; what has none is inferred from the section's page at learn.microsoft.com/iis.
 */
import type { LogonMethod } from '../machine/accounts.ts'
import { accessSslFlagBits } from './access-ssl-flags.ts'
import type { AttributeSchema, ElementSchema } from './element-schema.ts'
import { manyToOneMappings, oneToOneMappings } from './mapping-schema.ts'

/** `system.applicationHost/sites` is a table of its own: sites-schema.ts. */
export const sitesSection = 'system.applicationHost/sites'

const off = { type: 'bool', default: false } as const
const on = { type: 'bool', default: true } as const
const text = { type: 'string', default: '' } as const
const open = { attributes: {}, open: true } as const

const logonMethod = {
  type: 'enum',
  names: { Interactive: 0, Batch: 1, Network: 2, ClearText: 3 } satisfies Record<LogonMethod, number>,
  default: 'ClearText',
} as const satisfies AttributeSchema

export const sections = {
  /** [acc] */
  'system.webServer/security/access': {
    attributes: { sslFlags: { type: 'flags', bits: accessSslFlagBits } },
  },
  'system.webServer/security/authentication/anonymousAuthentication': {
    attributes: {
      enabled: on,
      userName: { type: 'string', default: 'IUSR' },
      password: text,
      logonMethod,
    },
  },
  'system.webServer/security/authentication/basicAuthentication': {
    attributes: { enabled: off, realm: text, defaultLogonDomain: text, logonMethod },
  },
  'system.webServer/security/authentication/windowsAuthentication': {
    attributes: {
      enabled: off,
      authPersistSingleRequest: off,
      authPersistNonNTLM: on,
      useKernelMode: on,
      useAppPoolCredentials: off,
    },
    elements: { providers: open, extendedProtection: open },
  },
  'system.webServer/security/authentication/digestAuthentication': {
    attributes: { enabled: off, realm: text },
  },
  /** [admap] */
  'system.webServer/security/authentication/clientCertificateMappingAuthentication': {
    attributes: { enabled: off },
  },
  /** [iiscm] [kb2026113] [schema] */
  'system.webServer/security/authentication/iisClientCertificateMappingAuthentication': {
    attributes: {
      enabled: off,
      defaultLogonDomain: text,
      logonMethod,
      oneToOneCertificateMappingsEnabled: on,
      manyToOneCertificateMappingsEnabled: on,
    },
    elements: { oneToOneMappings, manyToOneMappings },
  },
  'system.webServer/security/authorization': {
    attributes: { bypassLoginPages: on },
    collection: {
      add: 'add',
      remove: 'remove',
      clear: 'clear',
      key: ['users', 'roles', 'verbs'],
      entry: {
        attributes: {
          accessType: { type: 'enum', names: { Allow: 0, Deny: 1 }, default: 'Allow', required: true },
          users: text,
          roles: text,
          verbs: text,
        },
      },
    },
  },
  /** [httperrors] */
  'system.webServer/httpErrors': {
    attributes: {
      errorMode: {
        type: 'enum',
        names: { DetailedLocalOnly: 0, Custom: 1, Detailed: 2 },
        default: 'DetailedLocalOnly',
      },
      existingResponse: { type: 'enum', names: { Auto: 0, Replace: 1, PassThrough: 2 }, default: 'Auto' },
      defaultPath: text,
      defaultResponseMode: {
        type: 'enum',
        names: { File: 0, ExecuteURL: 1, Redirect: 2 },
        default: 'File',
      },
      detailedMoreInformationLink: text,
      allowAbsolutePathsWhenDelegated: off,
    },
    collection: {
      add: 'error',
      remove: 'remove',
      clear: 'clear',
      key: ['statusCode', 'subStatusCode'],
      entry: {
        attributes: {
          statusCode: { type: 'uint', default: 0, range: [400, 999], required: true },
          // -1, every substatus, is the default: it is no uint, so the text is kept.
          subStatusCode: { type: 'string', default: '-1' },
          prefixLanguageFilePath: text,
          path: text,
          responseMode: { type: 'enum', names: { File: 0, ExecuteURL: 1, Redirect: 2 }, default: 'File' },
        },
      },
    },
  },
  /** [srvruntime] */
  'system.webServer/serverRuntime': {
    attributes: {
      enabled: on,
      appConcurrentRequestLimit: { type: 'uint', default: 5000 },
      maxRequestEntityAllowed: { type: 'uint', default: 4_294_967_295 },
      uploadReadAheadSize: { type: 'uint', default: 49_152, range: [0, 2_147_483_647] },
      alternateHostName: text,
      enableNagling: off,
      frequentHitThreshold: { type: 'uint', default: 2 },
      frequentHitTimePeriod: { type: 'timeSpan', default: 10_000, longestMs: 86_400_000 },
      authenticatedUserOverride: {
        type: 'enum',
        names: { UseAuthenticatedUser: 0, UseWorkerProcessUser: 1 },
        default: 'UseAuthenticatedUser',
      },
    },
  },
} as const satisfies Record<string, ElementSchema>

export type SectionName = keyof typeof sections

/** IIS reads these for the server and for sites, and takes no notice of deeper levels [tc401] [chiranth]. */
export const sectionsOfSites: ReadonlySet<SectionName> = new Set([
  'system.webServer/security/authentication/iisClientCertificateMappingAuthentication',
])

export function isSectionName(name: string): name is SectionName {
  return Object.hasOwn(sections, name)
}
