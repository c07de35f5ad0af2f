import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity, rsa2048 } from './end-entity.ts'

/** The control: a server that requires a certificate accepts this one. */
export const correct = {
  name: 'correct',
  title: 'RSA-2048, id-kp-clientAuth, digitalSignature, issued by the trusted root',
  certificate: { ...endEntity('correct'), key: rsa2048 },
  chain: [],
} as const satisfies IdentitySpec
