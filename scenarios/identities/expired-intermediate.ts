import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §6.1.3 (a)(2) is about every certificate of the path. The end entity certificate itself is valid. */
export const expiredIntermediate = {
  name: 'expired-intermediate',
  title: 'Issued by an intermediate whose notAfter was yesterday',
  certificate: { ...endEntity('expired-intermediate'), issuer: 'expired-intermediate' },
  chain: ['expired-intermediate'],
} as const satisfies IdentitySpec
