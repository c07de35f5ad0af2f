/** The certificates between the end entity and the trust anchor. RFC 8446 §4.4.2, RFC 5280 §6.1. */
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
  'forged-issuer': {
    title:
      'An EE certificate that names the trust anchor as issuer and is signed with another key is refused',
    rfc: ['RFC 5280 §6.1.3 (a)(1)'],
    server: asked,
    identity: 'forged-issuer',
    expect: { refused: 'bad-signature' },
  },
  'non-ca-issuer': {
    title: 'An EE certificate issued by another EE, whose basicConstraints has cA FALSE, is refused',
    rfc: ['RFC 5280 §4.2.1.9', 'RFC 5280 §6.1.4 (k)'],
    server: asked,
    identity: 'non-ca-issuer',
    expect: { refused: 'issuer-not-ca' },
  },
  'expired-intermediate': {
    title: 'An EE certificate issued by an intermediate CA whose notAfter has passed is refused',
    rfc: ['RFC 5280 §4.1.2.5', 'RFC 5280 §6.1.3 (a)(2)'],
    server: asked,
    identity: 'expired-intermediate',
    expect: { refused: 'expired' },
  },
  'server-auth-intermediate': {
    title: 'An EE certificate issued by an intermediate CA whose only EKU is id-kp-serverAuth is refused',
    rfc: ['RFC 5280 §4.2.1.12'],
    server: asked,
    identity: 'server-auth-intermediate',
    expect: { refused: 'wrong-eku' },
  },
} as const satisfies Record<string, Scenario>
