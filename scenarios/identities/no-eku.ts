import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** RFC 5280 §4.2.1.12: purposes are restricted only if the extension is present. */
export const noEku = {
  name: 'no-eku',
  title: 'The EKU extension is absent, which allows every purpose',
  certificate: { ...endEntity('no-eku'), extKeyUsage: null },
  chain: [],
} as const satisfies IdentitySpec
