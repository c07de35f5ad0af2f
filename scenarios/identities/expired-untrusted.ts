import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'
import { expired } from './expired.ts'

/** Two faults: which of them a server tells is its own affair. */
export const expiredUntrusted = {
  name: 'expired-untrusted',
  title: 'notAfter was yesterday, and the issuer is not trusted',
  certificate: {
    ...endEntity('expired-untrusted'),
    issuer: 'root-b',
    validityDays: expired.certificate.validityDays,
  },
  chain: [],
} as const satisfies IdentitySpec
