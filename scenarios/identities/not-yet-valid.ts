import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §4.1.2.5. */
export const notYetValid = {
  name: 'not-yet-valid',
  title: 'notBefore is tomorrow',
  certificate: { ...endEntity('not-yet-valid'), validityDays: { notBefore: 1, notAfter: 365 } },
  chain: [],
} as const satisfies IdentitySpec
