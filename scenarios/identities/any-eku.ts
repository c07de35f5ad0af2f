import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §4.2.1.12: a relying party MAY insist on the purpose itself. */
export const anyEku = {
  name: 'any-eku',
  title: 'The only EKU is anyExtendedKeyUsage',
  certificate: { ...endEntity('any-eku'), extKeyUsage: ['anyExtendedKeyUsage'] },
  chain: [],
} as const satisfies IdentitySpec
