import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §6.1.3 (a)(1). Issuer and authorityKeyIdentifier are those of the trusted root. */
export const forgedIssuer = {
  name: 'forged-issuer',
  title: 'The issuer is the trusted root by name and key identifier, the signature is of another key',
  certificate: { ...endEntity('forged-issuer'), signature: 'of-another-key' },
  chain: [],
} as const satisfies IdentitySpec
