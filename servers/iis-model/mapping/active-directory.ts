/**
 * Which user of Active Directory a certificate stands for: Schannel's DS mapper, `dsmapperusage` of the binding. The
 * methods are tried in Schannel's order, as far as CertificateMappingMethods lets them [schreg].
 */
import type { Directory, DirectoryUser } from '../machine/directory.ts'
import type { Machine } from '../machine/machine.ts'
import { kdcForms } from './alt-security-identities.ts'
import { Claims } from './claims.ts'
import type { DirectoryCertificate } from './claims.ts'
import { mappingEvents } from './mapping-events.ts'
import { isBoundStronglyEnough } from './strong-binding.ts'

/**
 * `DOMAIN\name`; null: nobody, and the event log says why.
 * @param chain End entity first, as far as it was built.
 */
export function mapToDirectory(
  certificate: DirectoryCertificate,
  chain: readonly DirectoryCertificate[],
  { directory, registry, events }: Pick<Machine, 'directory' | 'registry' | 'events'>,
): string | null {
  if (!hasIssuer(chain)) {
    events.add(mappingEvents.notValidated)
    return null
  }
  const claims = new Claims(certificate)
  let unsuitable = false
  for (const { bit, needsNtAuth, names } of methods) {
    if (directory === null || (registry.CertificateMappingMethods & bit) === 0) continue
    const user = theOnly(directory.users.filter((one) => names(one, claims)))
    if (user === null) continue
    if (needsNtAuth && !isIssuedForLogon(chain, directory)) unsuitable = true
    else if (isBoundStronglyEnough(user, claims, directory)) return user.account
  }
  if (unsuitable) events.add(mappingEvents.unsuitable)
  events.add(mappingEvents.notMapped)
  return null
}

interface Method {
  /** Of CertificateMappingMethods. */
  readonly bit: number
  /** The issuing CA has to be in NTAuth [saurabh]; for the explicit mappings it need not be (inferred). */
  readonly needsNtAuth: boolean
  readonly names: (user: DirectoryUser, claims: Claims) => boolean
}

/**
 * In order [schreg]. 8 and 16 ask the KDC, the others are Schannel's own. That StrongCertificateBindingEnforcement goes
 * for all of them is inferred, and so is the place of 16 and that 4 wants what 8 wants.
 */
const methods: readonly Method[] = [
  { bit: 8, needsNtAuth: true, names: (user, claims) => claims.nameTheUser(user) },
  { bit: 16, needsNtAuth: false, names: (user, claims) => kdcForms.some((form) => claims.fit(user, form)) },
  { bit: 4, needsNtAuth: true, names: (user, claims) => claims.nameTheUser(user) },
  { bit: 1, needsNtAuth: false, names: (user, claims) => claims.fit(user, 'I-S') },
  { bit: 2, needsNtAuth: false, names: (user, claims) => claims.fit(user, 'I') },
]

/** Two users with the same mapping: nobody can tell which it is (inferred). */
const theOnly = (users: readonly DirectoryUser[]): DirectoryUser | null =>
  users.length === 1 ? (users[0] ?? null) : null

const isIssuedForLogon = ([, issuer]: readonly DirectoryCertificate[], { ntAuth }: Directory): boolean =>
  issuer !== undefined && ntAuth.some(({ der }) => der.equals(issuer.der))

/**
 * Nothing says who issued a certificate that stands alone, unless it issued itself: not mapped (inferred). That the chain
 * ends at a root is not asked, for with Exclusive CA Trust it need not.
 */
function hasIssuer([endEntity, issuer]: readonly DirectoryCertificate[]): boolean {
  if (endEntity === undefined) return false
  return issuer !== undefined || endEntity.subjectDer.equals(endEntity.issuerDer)
}
