/** The validity period of the end entity certificate. RFC 5280 §4.1.2.5. */
import type { Scenario } from '../../harness/model/scenario.ts'
import { asked } from './asked.ts'

export const validity = {
  expired: {
    title: 'An EE certificate whose notAfter has passed is refused',
    rfc: ['RFC 5280 §4.1.2.5', 'RFC 5280 §6.1.3 (a)(2)'],
    server: asked,
    identity: 'expired',
    expect: { refused: 'expired' },
  },
  'not-yet-valid': {
    title: 'An EE certificate whose notBefore lies in the future is refused',
    rfc: ['RFC 5280 §4.1.2.5', 'RFC 5280 §6.1.3 (a)(2)'],
    server: asked,
    identity: 'not-yet-valid',
    expect: { refused: 'not-yet-valid' },
  },
} as const satisfies Record<string, Scenario>
