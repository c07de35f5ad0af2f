/** The collections of iisClientCertificateMappingAuthentication, for section-schema.ts. */
import type { ElementSchema } from './element-schema.ts'

const on = { type: 'bool', default: true } as const
const text = { type: 'string', default: '' } as const

/** [kb2026113] prints the schema: add and clear, no remove; both strings with case; an attribute of the key may be absent. */
const rules = {
  attributes: {},
  collection: {
    add: 'add',
    clear: 'clear',
    key: ['certificateField', 'certificateSubField', 'matchCriteria', 'compareCaseSensitive'],
    entry: {
      attributes: {
        certificateField: {
          type: 'enum',
          names: { Subject: 1, Issuer: 2 },
          default: 'Subject',
          required: true,
        },
        certificateSubField: { ...text, required: true, caseSensitive: true },
        matchCriteria: { ...text, required: true, caseSensitive: true },
        compareCaseSensitive: on,
      },
    },
  },
} as const satisfies ElementSchema

/** [kb2026113]. An empty userName is accepted, since its 401.1 is on record [itq]. */
export const manyToOneMappings = {
  attributes: {},
  collection: {
    add: 'add',
    clear: 'clear',
    key: ['name'],
    entry: {
      attributes: {
        name: { ...text, required: true, nonEmpty: true },
        description: text,
        enabled: on,
        permissionMode: { type: 'enum', names: { Allow: 1, Deny: 2 }, default: 'Allow' },
        userName: text,
        password: { type: 'password' },
      },
      elements: { rules },
    },
  },
} as const satisfies ElementSchema

/** [iiscm]. That there is no remove here either is inferred from manyToOneMappings. */
export const oneToOneMappings = {
  attributes: {},
  collection: {
    add: 'add',
    clear: 'clear',
    key: ['certificate'],
    entry: {
      attributes: {
        enabled: on,
        userName: text,
        password: { type: 'password' },
        certificate: { ...text, required: true, caseSensitive: true },
      },
    },
  },
} as const satisfies ElementSchema
