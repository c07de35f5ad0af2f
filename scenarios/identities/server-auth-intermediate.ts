import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §4.2.1.12 says nothing of EKU in CA certificates; OpenSSL and Windows take it as a limit to what is below. */
export const serverAuthIntermediate = {
  name: 'server-auth-intermediate',
  title: 'Issued by an intermediate whose only EKU is id-kp-serverAuth',
  certificate: { ...endEntity('server-auth-intermediate'), issuer: 'server-auth-intermediate' },
  chain: ['server-auth-intermediate'],
} as const satisfies IdentitySpec
