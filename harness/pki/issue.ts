/**
 * Issues everything that one run needs: authorities with their CRLs, the servers' certificate, the identities.
 * Made at run time, so that no fixture expires. What to issue is data (scenarios/identities).
 */
import { NOBODY_SERVES } from '../model/crl-location.ts'
import { HarnessError } from '../model/errors.ts'
import type { AuthorityName, Identity, IdentitySpec } from '../model/identity.ts'
import type { IssuedAuthority, IssuedCertificate, Pki } from '../model/identity.ts'
import { makeCrowd } from './crowd.ts'
import { encodePem } from './encode.ts'
import { everyAuthority } from './every-authority.ts'
import { checkIdentityNames } from './identity-names.ts'
import { issueCertificate, issuerOf } from './issue-certificate.ts'
import type { KeyPair } from './key.ts'
import { certificateRevocationList } from './revocation.ts'
import { subjectsOf } from './subject.ts'
import type { IdentitySubject, PkiSpecs, Subject, Subjects } from './subject.ts'
import type { Issuer } from './tbs-certificate.ts'

export interface IssueOptions {
  /** The moment of issue, epoch milliseconds. */
  readonly now: number
  /** What certificates name as the place of their issuer's CRL; nobody serves it when absent. */
  readonly distributionPoint?: string
}

/**
 * Everything is a promise until the end: most certificates are signed while the few RSA keys are still being made.
 * @throws HarnessError when the specifications cannot be issued together.
 */
export async function issuePki(
  specs: PkiSpecs,
  { now, distributionPoint = NOBODY_SERVES }: IssueOptions,
): Promise<Pki> {
  checkIdentityNames(
    specs.identities.map(({ name }) => name),
    'identities',
  )
  const subjects = subjectsOf(specs)
  const issuers = new Map(subjects.authorities.map((each) => [each.spec.name, issuerFor(each.subject)]))
  const issuer = async (name: AuthorityName) => named(issuers, name)
  const issue = (subject: Subject) => issueCertificate(subject, { issuer, now, distributionPoint })
  const certificates = new Map(subjects.authorities.map((each) => [each.spec.name, issue(each.subject)]))
  const revoked = revokedSerialNumbers(subjects)
  const authority = async (name: AuthorityName): Promise<IssuedAuthority> => {
    const [own, certificate] = await Promise.all([issuer(name), named(certificates, name)])
    const crl = { issuer: own, revokedSerialNumbers: revoked.get(name) ?? [], now }
    return {
      name,
      certificate,
      crlPem: encodePem('X509 CRL', certificateRevocationList({ ...crl, kind: 'current' })),
      staleCrlPem: encodePem('X509 CRL', certificateRevocationList({ ...crl, kind: 'stale' })),
    }
  }
  const identity = async ({ spec, subject }: IdentitySubject): Promise<Identity> => {
    if (!subject) return presentingNothing(spec)
    const rest = spec.chain.map((name) => named(certificates, name))
    return presented(spec, await subject.key, await Promise.all([issue(subject), ...rest]))
  }
  const [authorities, server, identities, crowd] = await Promise.all([
    Promise.all(subjects.authorities.map(({ spec }) => authority(spec.name))),
    identity(subjects.server),
    Promise.all(subjects.identities.map(identity)),
    makeCrowd(now),
  ])
  const byName = new Map(authorities.map((each) => [each.name, each]))
  return {
    authorities: everyAuthority((name) => named(byName, name)),
    server,
    identities: new Map(identities.map((each) => [each.name, each])),
    get crowd() {
      return crowd()
    },
    distributionPoint,
  }
}

async function issuerFor({ spec, key }: Subject): Promise<Issuer> {
  return issuerOf(spec, await key)
}

function revokedSerialNumbers({ authorities, server, identities }: Subjects) {
  const byIssuer = new Map<AuthorityName, Uint8Array[]>()
  for (const { subject } of [...authorities, server, ...identities]) {
    if (!subject?.spec.revoked || subject.spec.issuer === 'self') continue
    const { issuer } = subject.spec
    byIssuer.set(issuer, [...(byIssuer.get(issuer) ?? []), subject.serialNumber])
  }
  return byIssuer
}

function presented(
  { name, title }: IdentitySpec,
  { privateKey }: KeyPair,
  chain: readonly IssuedCertificate[],
): Identity {
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { name, title, chain, chainPem: chain.map(({ pem }) => pem).join(''), keyPem }
}

function presentingNothing({ name, title }: IdentitySpec): Identity {
  return { name, title, chain: [], chainPem: '', keyPem: null }
}

function named<T>(things: ReadonlyMap<AuthorityName, T>, name: AuthorityName): T {
  const thing = things.get(name)
  if (thing === undefined) {
    throw new HarnessError('ERR_AUTHORITY_MISSING', `there is no authority ${name}`, {
      where: 'authorities',
      hint: `specify ${name} too: every Pki has all authorities`,
    })
  }
  return thing
}
