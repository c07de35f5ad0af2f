import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity, rsa2048 } from './end-entity.ts'

/** RFC 5280 §4.2.1.3, RFC 8446 §4.4.2.2. RSA, because keyEncipherment means nothing for an EC key. */
export const exchangeOnly = {
  name: 'exchange-only',
  title: 'keyUsage has keyEncipherment and not digitalSignature',
  certificate: { ...endEntity('exchange-only'), key: rsa2048, keyUsage: ['keyEncipherment'] },
  chain: [],
} as const satisfies IdentitySpec
