/** Extended Key Usage of the client certificate. RFC 5280 §4.2.1.12. */
import type { Scenario } from '../../harness/model/scenario.ts'
import { asked } from './asked.ts'

export const extendedKeyUsage = {
  'server-auth-only': {
    title: 'An EE certificate whose only EKU is id-kp-serverAuth is refused',
    rfc: ['RFC 5280 §4.2.1.12'],
    server: asked,
    identity: 'wrong-eku',
    expect: { refused: 'wrong-eku' },
  },
  absent: {
    title: 'An EE certificate without extKeyUsage may be used for any purpose and is accepted',
    rfc: ['RFC 5280 §4.2.1.12'],
    server: asked,
    identity: 'no-eku',
    expect: { accepted: true },
  },
  any: {
    title:
      'An EE certificate whose only EKU is anyExtendedKeyUsage may be used for any purpose and is accepted',
    rfc: ['RFC 5280 §4.2.1.12'],
    server: asked,
    identity: 'any-eku',
    expect: { accepted: true },
  },
} as const satisfies Record<string, Scenario>
