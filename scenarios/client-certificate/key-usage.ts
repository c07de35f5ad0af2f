/** Key Usage of the client certificate: CertificateVerify is a signature. RFC 5280 §4.2.1.3, RFC 8446 §4.4.2.2. */
import type { Scenario } from '../../harness/model/scenario.ts'
import { asked } from './asked.ts'

export const keyUsage = {
  'exchange-only': {
    title:
      'An EE certificate whose keyUsage is keyEncipherment only cannot sign CertificateVerify and is refused',
    rfc: ['RFC 5280 §4.2.1.3', 'RFC 8446 §4.4.2.2'],
    server: asked,
    identity: 'exchange-only',
    expect: { refused: 'wrong-key-usage' },
  },
} as const satisfies Record<string, Scenario>
