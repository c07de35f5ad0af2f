import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'
import { expired } from './expired.ts'

/** Two faults: which of them a server tells is its own affair. */
export const revokedExpired = {
  name: 'revoked-expired',
  title: 'The certificate is on the CRL of its issuer, and notAfter was yesterday',
  certificate: {
    ...endEntity('revoked-expired'),
    crl: 'current',
    revoked: true,
    validityDays: expired.certificate.validityDays,
  },
  chain: [],
} as const satisfies IdentitySpec
