import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 6125 §6.4: clients look at subjectAltName; the common name is for people. Every server under test uses this one. */
export const server = {
  name: 'server',
  title: 'The certificate of the servers under test',
  certificate: {
    ...endEntity('localhost'),
    extKeyUsage: ['serverAuth'],
    subjectAltNames: [
      { kind: 'dNSName', value: 'localhost' },
      { kind: 'iPAddress', value: '127.0.0.1' },
    ],
  },
  chain: [],
} as const satisfies IdentitySpec
