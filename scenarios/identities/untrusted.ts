import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §6.1.1 (d). Only the end entity certificate is sent. */
export const untrusted = {
  name: 'untrusted',
  title: 'The issuer is a root that the server does not trust',
  certificate: { ...endEntity('untrusted'), issuer: 'root-b' },
  chain: [],
} as const satisfies IdentitySpec
