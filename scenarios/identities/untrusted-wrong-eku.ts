import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** Two faults: which of them a server tells is its own affair. */
export const untrustedWrongEku = {
  name: 'untrusted-wrong-eku',
  title: 'The issuer is not trusted, and the only EKU is id-kp-serverAuth',
  certificate: { ...endEntity('untrusted-wrong-eku'), extKeyUsage: ['serverAuth'], issuer: 'root-b' },
  chain: [],
} as const satisfies IdentitySpec
