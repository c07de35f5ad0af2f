/**
 * Issues everything that one run needs: authorities with their CRLs, the servers' certificate, the identities.
 * Made at run time, so that no fixture expires. What to issue is data (scenarios/identities).
 */
import { randomBytes } from 'node:crypto'
import { HarnessError } from '../model/errors.ts'
import type { AuthorityName, AuthoritySpec, CertificateSpec } from '../model/identity.ts'
import type { Identity, IdentitySpec, IssuedCertificate, Pki } from '../model/identity.ts'
import { encodePem } from './encode.ts'
import { everyAuthority } from './every-authority.ts'
import { checkIdentityNames } from './identity-names.ts'
import { issuedCertificate } from './issued-certificate.ts'
import { makeKeyPair } from './key.ts'
import type { KeyPair } from './key.ts'
import { encodeName } from './name.ts'
import { emptyCrl } from './revocation.ts'
import { signed } from './signed.ts'
import { tbsCertificate } from './tbs-certificate.ts'
import type { Issuer } from './tbs-certificate.ts'

export interface PkiSpecs {
  readonly authorities: readonly AuthoritySpec[]
  readonly server: IdentitySpec
  readonly identities: readonly IdentitySpec[]
}

export interface IssueOptions {
  /** The moment of issue, epoch milliseconds. */
  readonly now: number
}

/** @throws HarnessError when the specifications cannot be issued together. */
export async function issuePki(specs: PkiSpecs, { now }: IssueOptions): Promise<Pki> {
  checkIdentityNames(
    specs.identities.map(({ name }) => name),
    'identities',
  )
  // All keys in one batch: the thread pool makes the few slow ones (RSA) beside each other.
  const [authorities, server, identities] = await Promise.all([
    Promise.all(specs.authorities.map(keyedAuthority)),
    keyedIdentity(specs.server),
    Promise.all(specs.identities.map(keyedIdentity)),
  ])
  const issuers = new Map(authorities.map(({ name, subject }) => [name, issuerOf(subject)]))
  const issue = (subject: Subject) => issueCertificate(subject, issuers, now)
  const certificates = new Map(authorities.map(({ name, subject }) => [name, issue(subject)]))
  const present = ({ spec, subject }: KeyedIdentity) =>
    subject
      ? presented(spec, subject.key, [issue(subject), ...spec.chain.map((name) => named(certificates, name))])
      : presentingNothing(spec)
  return {
    authorities: everyAuthority((name) => ({
      name,
      certificate: named(certificates, name),
      crlPem: encodePem('X509 CRL', emptyCrl(named(issuers, name), now)),
    })),
    server: present(server),
    identities: new Map(identities.map((each) => [each.spec.name, present(each)])),
  }
}

interface Subject {
  readonly spec: CertificateSpec
  readonly key: KeyPair
}

interface KeyedAuthority {
  readonly name: AuthorityName
  readonly subject: Subject
}

interface KeyedIdentity {
  readonly spec: IdentitySpec
  readonly subject: Subject | null
}

async function keyedAuthority({ name, certificate }: AuthoritySpec): Promise<KeyedAuthority> {
  return { name, subject: await keyed(certificate) }
}

async function keyedIdentity(spec: IdentitySpec): Promise<KeyedIdentity> {
  return { spec, subject: spec.certificate && (await keyed(spec.certificate)) }
}

async function keyed(spec: CertificateSpec): Promise<Subject> {
  return { spec, key: await makeKeyPair(spec.key) }
}

function issuerOf({ spec, key }: Subject): Issuer {
  return { name: encodeName(spec.subject), key }
}

function issueCertificate(
  subject: Subject,
  issuers: ReadonlyMap<AuthorityName, Issuer>,
  now: number,
): IssuedCertificate {
  const { spec, key } = subject
  const issuer = spec.issuer === 'self' ? issuerOf(subject) : named(issuers, spec.issuer)
  const serialNumber = randomSerialNumber()
  return issuedCertificate(
    signed(tbsCertificate({ spec, subjectKey: key, issuer, serialNumber, now }), issuer.key),
  )
}

/** RFC 5280 §4.1.2.2: positive, at most 20 octets. The first bits are 01, so that 16 octets stay 16. */
function randomSerialNumber(): Uint8Array {
  const octets = new Uint8Array(randomBytes(16))
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40
  return octets
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
