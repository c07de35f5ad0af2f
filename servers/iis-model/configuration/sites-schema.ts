/** `system.applicationHost/sites`: the schema of sites, bindings, limits and applications [binding]. */
import type { ElementSchema } from './element-schema.ts'

const text = { type: 'string', default: '' } as const
const open = { attributes: {}, open: true } as const

/** What a site and siteDefaults have in common. */
const siteElements = {
  bindings: {
    attributes: {},
    collection: {
      add: 'binding',
      clear: 'clear',
      key: ['protocol', 'bindingInformation'],
      entry: {
        attributes: {
          protocol: { ...text, required: true, nonEmpty: true },
          bindingInformation: { ...text, required: true },
          sslFlags: { type: 'uint', default: 0 },
          certificateHash: text,
          certificateStoreName: text,
        },
      },
    },
  },
  limits: {
    attributes: {
      maxBandwidth: { type: 'uint', default: 4_294_967_295 },
      maxConnections: { type: 'uint', default: 4_294_967_295 },
      // The longest is inferred: 65,535 seconds.
      connectionTimeout: { type: 'timeSpan', default: 120_000, longestMs: 65_535_000 },
      maxUrlSegments: { type: 'uint', default: 32 },
    },
  },
  logFile: open,
  traceFailedRequestsLogging: open,
  hsts: open,
  ftpServer: open,
  applicationDefaults: open,
  virtualDirectoryDefaults: open,
} as const satisfies Record<string, ElementSchema>

export const siteSchema = {
  attributes: {
    name: { ...text, required: true, nonEmpty: true },
    id: { type: 'uint', default: 0, range: [1, 4_294_967_295], required: true },
    serverAutoStart: { type: 'bool', default: true },
  },
  elements: siteElements,
  collection: {
    add: 'application',
    clear: 'clear',
    key: ['path'],
    entry: {
      attributes: {
        path: { ...text, required: true, nonEmpty: true },
        applicationPool: text,
        enabledProtocols: text,
        serviceAutoStartEnabled: { type: 'bool', default: false },
        serviceAutoStartProvider: text,
        preloadEnabled: { type: 'bool', default: false },
      },
      elements: { virtualDirectoryDefaults: open },
      collection: {
        add: 'virtualDirectory',
        clear: 'clear',
        key: ['path'],
        entry: {
          attributes: {
            path: { ...text, required: true },
            physicalPath: text,
            userName: text,
            password: text,
            logonMethod: text,
            allowSubDirConfig: { type: 'bool', default: true },
          },
        },
      },
    },
  },
} as const satisfies ElementSchema

export const sitesSchema = {
  attributes: {},
  elements: {
    siteDefaults: { attributes: siteSchema.attributes, elements: siteElements },
    applicationDefaults: open,
    virtualDirectoryDefaults: open,
  },
  collection: { add: 'site', clear: 'clear', key: ['name'], entry: siteSchema },
} as const satisfies ElementSchema
