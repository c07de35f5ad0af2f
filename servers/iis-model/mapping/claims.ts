/** What a certificate says about whom it stands for, ready to be held against the users of a directory, each part made once. */
import type { DirectoryUser } from '../machine/directory.ts'
import { foldCase } from '../machine/ordinal-ignore-case.ts'
import type { Certificate } from '../schannel/certificate.ts'
import { altSecurityIdentitiesOf } from './alt-security-identities.ts'
import type { AltSecurityIdentityForm, IdentifiedCertificate } from './alt-security-identities.ts'

/** What mapping asks of a certificate. */
export type DirectoryCertificate = IdentifiedCertificate & Pick<Certificate, 'securityIdentifier'>

/** Text compares without case, as the directory's does. */
export class Claims {
  readonly securityIdentifier: string | null
  readonly #certificate: DirectoryCertificate
  readonly #principalNames: ReadonlySet<string>
  readonly #identities = new Map<AltSecurityIdentityForm, ReadonlySet<string>>()

  constructor(certificate: DirectoryCertificate) {
    this.#certificate = certificate
    this.securityIdentifier = certificate.securityIdentifier
    this.#principalNames = new Set(certificate.subjectAltNames.userPrincipalNames.map(foldCase))
  }

  /** By userPrincipalName; a user without one is named by nobody. */
  nameTheUser({ userPrincipalName }: DirectoryUser): boolean {
    return userPrincipalName !== '' && this.#principalNames.has(foldCase(userPrincipalName))
  }

  /** By altSecurityIdentities of this form. */
  fit({ altSecurityIdentities }: DirectoryUser, form: AltSecurityIdentityForm): boolean {
    return altSecurityIdentities.some((identity) => this.#identitiesOf(form).has(foldCase(identity)))
  }

  #identitiesOf(form: AltSecurityIdentityForm): ReadonlySet<string> {
    const known = this.#identities.get(form)
    if (known) return known
    const made = new Set(altSecurityIdentitiesOf(form, this.#certificate).map(foldCase))
    this.#identities.set(form, made)
    return made
  }
}
