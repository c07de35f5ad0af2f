/** The CA certificates between the end entity and the trust anchor. RFC 8446 §4.4.2, RFC 5280 §6.1. */
import type { Scenario } from '../../harness/model/scenario.ts'
import { asked } from './asked.ts'

export const chain = {
  'via-intermediate': {
    title: 'An EE certificate sent with the intermediate CA that links it to the trust anchor is accepted',
    rfc: ['RFC 8446 §4.4.2', 'RFC 5280 §6.1'],
    server: asked,
    identity: 'via-intermediate',
    expect: { accepted: true },
  },
  'missing-intermediate': {
    title: 'An EE certificate sent without the intermediate CA that links it to the trust anchor is refused',
    rfc: ['RFC 8446 §4.4.2', 'RFC 5280 §6.1'],
    server: asked,
    identity: 'missing-intermediate',
    expect: { refused: 'missing-intermediate' },
  },
} as const satisfies Record<string, Scenario>
