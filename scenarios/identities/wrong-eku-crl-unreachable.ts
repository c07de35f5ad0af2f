import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** Two faults: which of them a server tells is its own affair. */
export const wrongEkuCrlUnreachable = {
  name: 'wrong-eku-crl-unreachable',
  title: 'The only EKU is id-kp-serverAuth, and nobody listens where the CRL should be',
  certificate: { ...endEntity('wrong-eku-crl-unreachable'), crl: 'unreachable', extKeyUsage: ['serverAuth'] },
  chain: [],
} as const satisfies IdentitySpec
