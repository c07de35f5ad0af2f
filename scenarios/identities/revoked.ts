import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §5.1.2.6 and §6.3.3. The CRL that it names is current. */
export const revoked = {
  name: 'revoked',
  title: 'The certificate is on the CRL of its issuer',
  certificate: { ...endEntity('revoked'), crl: 'current', revoked: true },
  chain: [],
} as const satisfies IdentitySpec
