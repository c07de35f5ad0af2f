import type { IdentitySpec } from '../../harness/model/identity.ts'

/** RFC 8446 §4.4.2: a client without a suitable certificate MUST send a Certificate message without entries. */
export const missing = {
  name: 'missing',
  title: 'The Certificate message is empty',
  certificate: null,
  chain: [],
} as const satisfies IdentitySpec
