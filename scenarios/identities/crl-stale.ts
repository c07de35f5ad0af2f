import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §5.1.2.5 and §6.3.3. */
export const crlStale = {
  name: 'crl-stale',
  title: 'cRLDistributionPoints names a CRL whose nextUpdate has passed',
  certificate: { ...endEntity('crl-stale'), crl: 'stale' },
  chain: [],
} as const satisfies IdentitySpec
