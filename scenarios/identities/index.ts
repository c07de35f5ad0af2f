/** Everything that harness/pki issues. */
import type { IdentitySpec } from '../../harness/model/identity.ts'
import { anyEku } from './any-eku.ts'
import { correct } from './correct.ts'
import { crlStale } from './crl-stale.ts'
import { crlUnreachable } from './crl-unreachable.ts'
import { ecdsaP256 } from './ecdsa-p256.ts'
import { ed25519 } from './ed25519.ts'
import { exchangeOnly } from './exchange-only.ts'
import { expired } from './expired.ts'
import { expiredCrlUnreachable } from './expired-crl-unreachable.ts'
import { expiredIntermediate } from './expired-intermediate.ts'
import { expiredUntrusted } from './expired-untrusted.ts'
import { expiredWrongEku } from './expired-wrong-eku.ts'
import { forgedIssuer } from './forged-issuer.ts'
import { missing } from './missing.ts'
import { missingIntermediate } from './missing-intermediate.ts'
import { mixedCaseName } from './mixed-case-name.ts'
import { noEku } from './no-eku.ts'
import { nonCaIssuer } from './non-ca-issuer.ts'
import { notYetValid } from './not-yet-valid.ts'
import { reissued } from './reissued.ts'
import { revoked } from './revoked.ts'
import { revokedExpired } from './revoked-expired.ts'
import { revokedWrongEku } from './revoked-wrong-eku.ts'
import { selfSigned } from './self-signed.ts'
import { serverAuthIntermediate } from './server-auth-intermediate.ts'
import { untrusted } from './untrusted.ts'
import { untrustedCrlUnreachable } from './untrusted-crl-unreachable.ts'
import { untrustedWrongEku } from './untrusted-wrong-eku.ts'
import { upn } from './upn.ts'
import { upnWithSid } from './upn-with-sid.ts'
import { viaIntermediate } from './via-intermediate.ts'
import { withCrl } from './with-crl.ts'
import { wrongEku } from './wrong-eku.ts'
import { wrongEkuCrlUnreachable } from './wrong-eku-crl-unreachable.ts'

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
  expiredIntermediate,
  serverAuthIntermediate,
  nonCaIssuer,
  forgedIssuer,
  wrongEku,
  noEku,
  anyEku,
  exchangeOnly,
  ecdsaP256,
  ed25519,
  withCrl,
  revoked,
  crlUnreachable,
  crlStale,
  reissued,
  mixedCaseName,
  upn,
  upnWithSid,
  expiredUntrusted,
  expiredWrongEku,
  expiredCrlUnreachable,
  revokedExpired,
  revokedWrongEku,
  untrustedWrongEku,
  untrustedCrlUnreachable,
  wrongEkuCrlUnreachable,
]
