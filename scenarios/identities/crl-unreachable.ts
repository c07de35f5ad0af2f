import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §6.3.3: without a CRL the revocation status is undetermined. */
export const crlUnreachable = {
  name: 'crl-unreachable',
  title: 'cRLDistributionPoints names a place where nobody listens',
  certificate: { ...endEntity('crl-unreachable'), crl: 'unreachable' },
  chain: [],
} as const satisfies IdentitySpec
