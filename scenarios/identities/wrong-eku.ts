import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §4.2.1.12. */
export const wrongEku = {
  name: 'wrong-eku',
  title: 'The only EKU is id-kp-serverAuth',
  certificate: { ...endEntity('wrong-eku'), extKeyUsage: ['serverAuth'] },
  chain: [],
} as const satisfies IdentitySpec
