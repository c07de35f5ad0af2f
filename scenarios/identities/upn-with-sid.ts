import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** For Active Directory since May 2022, which wants a certificate bound to the account by more than its name [kb5014754s]. */
export const upnWithSid = {
  name: 'upn-with-sid',
  title:
    'subjectAltName has the user principal name bob@countersign.test, and an extension has the SID of the account',
  certificate: {
    ...endEntity('upn-with-sid'),
    subjectAltNames: [{ kind: 'userPrincipalName', value: 'bob@countersign.test' }],
    securityIdentifier: 'S-1-5-21-1004336348-1177238915-682003330-1104',
  },
  chain: [],
} as const satisfies IdentitySpec
