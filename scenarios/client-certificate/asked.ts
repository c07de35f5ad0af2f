/** The policies under which a client is asked for its certificate in the handshake. */
import type { PolicyMatch } from '../../harness/model/policy.ts'

export const asked = {
  clientCertificate: ['request', 'require'],
  when: 'handshake',
} as const satisfies PolicyMatch
