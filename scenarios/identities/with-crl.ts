import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §4.2.1.13. The control of the identities that name a CRL. */
export const withCrl = {
  name: 'with-crl',
  title: 'cRLDistributionPoints names a current CRL, which does not list the certificate',
  certificate: { ...endEntity('with-crl'), crl: 'current' },
  chain: [],
} as const satisfies IdentitySpec
