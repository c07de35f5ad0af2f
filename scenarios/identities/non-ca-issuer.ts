import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §4.2.1.9 and §6.1.4 (k). The issuer is sent along. */
export const nonCaIssuer = {
  name: 'non-ca-issuer',
  title: 'Issued by an end entity, whose certificate has cA FALSE',
  certificate: { ...endEntity('non-ca-issuer'), issuer: 'non-ca-issuer' },
  chain: ['non-ca-issuer'],
} as const satisfies IdentitySpec
