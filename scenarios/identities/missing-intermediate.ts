import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 8446 §4.4.2: only the trust anchor MAY be left out. */
export const missingIntermediate = {
  name: 'missing-intermediate',
  title: 'Issued by an intermediate that is not sent along',
  certificate: { ...endEntity('missing-intermediate'), issuer: 'intermediate-a' },
  chain: [],
} as const satisfies IdentitySpec
