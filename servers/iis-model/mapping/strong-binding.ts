/**
 * StrongCertificateBindingEnforcement: whether a certificate that names a user is bound to that user's account closely
 * enough [kb5014754s]. What Windows also weighs, whether the certificate is older than the account, is not modelled.
 */
import type { Directory, DirectoryUser } from '../machine/directory.ts'
import { isStrong, kdcForms } from './alt-security-identities.ts'
import type { Claims } from './claims.ts'

const strongForms = kdcForms.filter(isStrong)

export function isBoundStronglyEnough(
  user: DirectoryUser,
  claims: Claims,
  { strongCertificateBindingEnforcement }: Directory,
): boolean {
  if (strongCertificateBindingEnforcement === 0) return true
  if (strongForms.some((form) => claims.fit(user, form))) return true
  const { securityIdentifier } = claims
  // Another user's SID is refused in compatibility mode too.
  if (securityIdentifier !== null) return securityIdentifier === user.objectSid
  return strongCertificateBindingEnforcement === 1
}
