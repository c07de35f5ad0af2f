/** Whether the path ends in a trust anchor of the server. RFC 5280 §6.1.1 (d). */
import type { Scenario } from '../../harness/model/scenario.ts'
import { asked } from './asked.ts'

export const trust = {
  untrusted: {
    title: 'An EE certificate issued by a CA that is no trust anchor is refused',
    rfc: ['RFC 5280 §6.1'],
    server: asked,
    identity: 'untrusted',
    expect: { refused: 'untrusted-issuer' },
  },
  'self-signed': {
    title: 'A self-signed EE certificate that is no trust anchor is refused',
    rfc: ['RFC 5280 §6.1'],
    server: asked,
    identity: 'self-signed',
    expect: { refused: 'self-signed' },
  },
} as const satisfies Record<string, Scenario>
