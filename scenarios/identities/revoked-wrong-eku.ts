import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** Two faults: which of them a server tells is its own affair. */
export const revokedWrongEku = {
  name: 'revoked-wrong-eku',
  title: 'The certificate is on the CRL of its issuer, and the only EKU is id-kp-serverAuth',
  certificate: {
    ...endEntity('revoked-wrong-eku'),
    crl: 'current',
    revoked: true,
    extKeyUsage: ['serverAuth'],
  },
  chain: [],
} as const satisfies IdentitySpec
