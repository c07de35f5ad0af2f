import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 8446 §4.4.2: each following certificate SHOULD certify the one preceding it. */
export const viaIntermediate = {
  name: 'via-intermediate',
  title: 'Issued by an intermediate that is sent along',
  certificate: { ...endEntity('via-intermediate'), issuer: 'intermediate-a' },
  chain: ['intermediate-a'],
} as const satisfies IdentitySpec
