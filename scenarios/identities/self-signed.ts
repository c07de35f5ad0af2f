import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §3.2. Not a CA certificate, so it cannot pass for a root that is not trusted. */
export const selfSigned = {
  name: 'self-signed',
  title: 'The end entity certificate is signed with its own key',
  certificate: { ...endEntity('self-signed'), issuer: 'self' },
  chain: [],
} as const satisfies IdentitySpec
