/** Revocation of the end entity certificate, by CRL. RFC 5280 §4.2.1.13 and §6.3. */
import type { Scenario } from '../../harness/model/scenario.ts'
import { asked } from './asked.ts'

export const revocation = {
  'not-revoked': {
    title: 'An EE certificate that the current CRL of its issuer does not list is accepted',
    rfc: ['RFC 5280 §4.2.1.13', 'RFC 5280 §6.3.3'],
    server: asked,
    identity: 'with-crl',
    expect: { accepted: true },
  },
  revoked: {
    title: 'An EE certificate that the current CRL of its issuer lists is refused',
    rfc: ['RFC 5280 §5.1.2.6', 'RFC 5280 §6.3.3'],
    server: asked,
    identity: 'revoked',
    expect: { refused: 'revoked' },
  },
  'crl-unreachable': {
    title: 'An EE certificate whose revocation status cannot be determined, for want of the CRL, is refused',
    rfc: ['RFC 5280 §4.2.1.13', 'RFC 5280 §6.3.3'],
    server: asked,
    identity: 'crl-unreachable',
    expect: { refused: 'revocation-unknown' },
  },
} as const satisfies Record<string, Scenario>
