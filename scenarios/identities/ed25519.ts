import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 8410, RFC 8422 §5.10, RFC 8446 §4.2.3 (ed25519). */
export const ed25519 = {
  name: 'ed25519',
  title: 'Ed25519, otherwise as the control',
  certificate: { ...endEntity('ed25519'), key: { kind: 'ed25519' } },
  chain: [],
} as const satisfies IdentitySpec
