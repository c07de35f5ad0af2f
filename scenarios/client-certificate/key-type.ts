/** The type of the client's key, beside the RSA of `correct`. RFC 8446 §4.2.3. */
import type { Scenario } from '../../harness/model/scenario.ts'
import { asked } from './asked.ts'

export const keyType = {
  'ecdsa-p256': {
    title: 'An EE certificate with an ECDSA key on P-256 is accepted',
    rfc: ['RFC 8446 §4.2.3', 'RFC 8422 §5.3'],
    server: asked,
    identity: 'ecdsa-p256',
    expect: { accepted: true },
  },
  ed25519: {
    title: 'An EE certificate with an Ed25519 key is accepted',
    rfc: ['RFC 8446 §4.2.3', 'RFC 8422 §5.3'],
    server: asked,
    identity: 'ed25519',
    expect: { accepted: true },
  },
} as const satisfies Record<string, Scenario>
