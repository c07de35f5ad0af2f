/** Whether the server sends CertificateRequest. RFC 8446 §4.3.2, RFC 5246 §7.4.4. */
import type { Scenario } from '../../harness/model/scenario.ts'

export const presence = {
  'not-requested': {
    title:
      'A server that is not told to ask sends no CertificateRequest, and the client keeps its certificate',
    rfc: ['RFC 8446 §4.3.2', 'RFC 5246 §7.4.4'],
    server: { clientCertificate: ['none'] },
    identity: 'correct',
    expect: { accepted: true },
  },
} as const satisfies Record<string, Scenario>
