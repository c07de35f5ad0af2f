import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'
import { expired } from './expired.ts'

/** Two faults: which of them a server tells is its own affair. */
export const expiredWrongEku = {
  name: 'expired-wrong-eku',
  title: 'notAfter was yesterday, and the only EKU is id-kp-serverAuth',
  certificate: {
    ...endEntity('expired-wrong-eku'),
    extKeyUsage: ['serverAuth'],
    validityDays: expired.certificate.validityDays,
  },
  chain: [],
} as const satisfies IdentitySpec
