import type { IdentitySpec } from '../../harness/model/identity.ts'
import { ecP256, endEntity } from './end-entity.ts'

/** RFC 8422 §5.5, RFC 8446 §4.2.3 (ecdsa_secp256r1_sha256). The fault identities differ from this one. */
export const ecdsaP256 = {
  name: 'ecdsa-p256',
  title: 'ECDSA with P-256, otherwise as the control',
  certificate: { ...endEntity('ecdsa-p256'), key: ecP256 },
  chain: [],
} as const satisfies IdentitySpec
