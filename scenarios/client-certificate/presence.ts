/** Whether a certificate is presented at all. RFC 8446 §4.4.2.4, RFC 5246 §7.4.6. */
import type { Scenario } from '../../harness/model/scenario.ts'
import { asked } from './asked.ts'

export const presence = {
  correct: {
    title: 'A certificate that RFC 5280 §6 validates, for TLS clients, is accepted',
    rfc: ['RFC 5280 §6.1', 'RFC 8446 §4.4.2'],
    server: asked,
    identity: 'correct',
    expect: { accepted: true },
  },
  missing: {
    title: 'An empty Certificate message is refused where a certificate is required',
    rfc: ['RFC 8446 §4.4.2.4', 'RFC 5246 §7.4.6'],
    server: asked,
    identity: 'missing',
    expect: { refused: 'missing' },
  },
} as const satisfies Record<string, Scenario>
