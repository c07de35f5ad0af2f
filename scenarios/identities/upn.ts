import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** For Active Directory, which finds the user by this name. RFC 5280 §4.2.1.6, otherName. */
export const upn = {
  name: 'upn',
  title: 'subjectAltName has the user principal name alice@countersign.test',
  certificate: {
    ...endEntity('upn'),
    subjectAltNames: [{ kind: 'userPrincipalName', value: 'alice@countersign.test' }],
  },
  chain: [],
} as const satisfies IdentitySpec
