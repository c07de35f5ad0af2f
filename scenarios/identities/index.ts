/** Everything that harness/pki issues. */
import type { IdentitySpec } from '../../harness/model/identity.ts'
import { correct } from './correct.ts'
import { ecdsaP256 } from './ecdsa-p256.ts'
import { ed25519 } from './ed25519.ts'
import { exchangeOnly } from './exchange-only.ts'
import { expired } from './expired.ts'
import { missing } from './missing.ts'
import { missingIntermediate } from './missing-intermediate.ts'
import { noEku } from './no-eku.ts'
import { notYetValid } from './not-yet-valid.ts'
import { selfSigned } from './self-signed.ts'
import { untrusted } from './untrusted.ts'
import { viaIntermediate } from './via-intermediate.ts'
import { wrongEku } from './wrong-eku.ts'

export { authorities } from './authorities.ts'
export { server } from './server.ts'

/** Every identity that a client can present. To add one: a file beside this one, and a line here. */
export const identities: readonly IdentitySpec[] = [
  correct,
  missing,
  expired,
  notYetValid,
  untrusted,
  selfSigned,
  missingIntermediate,
  viaIntermediate,
  wrongEku,
  noEku,
  exchangeOnly,
  ecdsaP256,
  ed25519,
]
