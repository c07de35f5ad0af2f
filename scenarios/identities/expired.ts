import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §4.1.2.5. notBefore is a month back: the certificate was valid once. */
export const expired = {
  name: 'expired',
  title: 'notAfter was yesterday',
  certificate: { ...endEntity('expired'), validityDays: { notBefore: -30, notAfter: -1 } },
  chain: [],
} as const satisfies IdentitySpec
