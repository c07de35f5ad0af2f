import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'
import { expired } from './expired.ts'

/** Two faults: which of them a server tells is its own affair. */
export const expiredCrlUnreachable = {
  name: 'expired-crl-unreachable',
  title: 'notAfter was yesterday, and nobody listens where the CRL should be',
  certificate: {
    ...endEntity('expired-crl-unreachable'),
    crl: 'unreachable',
    validityDays: expired.certificate.validityDays,
  },
  chain: [],
} as const satisfies IdentitySpec
