/**
 * Subjects: specifications with the serial number and the key pair that their certificates will have. Both are settled
 * before anything is signed, because a CRL lists serial numbers and a certificate can have the key of another.
 */
import { HarnessError } from '../model/errors.ts'
import type { AuthoritySpec, CertificateSpec, IdentitySpec, KeySpec } from '../model/identity.ts'
import { makeKeyPair } from './key.ts'
import type { KeyPair } from './key.ts'
import { randomSerialNumber } from './serial-number.ts'

export interface PkiSpecs {
  readonly authorities: readonly AuthoritySpec[]
  readonly server: IdentitySpec
  readonly identities: readonly IdentitySpec[]
}

export interface Subject {
  readonly spec: CertificateSpec
  /** Big-endian, positive. */
  readonly serialNumber: Uint8Array
  /** Still being made: an RSA key takes long, and a certificate with an EC key need not wait for it. */
  readonly key: Promise<KeyPair>
}

export interface AuthoritySubject {
  readonly spec: AuthoritySpec
  readonly subject: Subject
}

export interface IdentitySubject {
  readonly spec: IdentitySpec
  /** null where nothing is presented. */
  readonly subject: Subject | null
}

export interface Subjects {
  readonly authorities: readonly AuthoritySubject[]
  readonly server: IdentitySubject
  readonly identities: readonly IdentitySubject[]
}

/**
 * Starts to make all keys in one batch: the thread pool makes the few slow ones beside each other. A key that is to be
 * that of an identity without one of its own is rejected with ERR_KEY_OF.
 */
export function subjectsOf({ authorities, server, identities }: PkiSpecs): Subjects {
  const owned = new Map<string, Promise<KeyPair>>()
  for (const { name, certificate } of identities) {
    if (certificate && certificate.key.kind !== 'of') owned.set(name, makeKeyPair(certificate.key))
  }
  const subject = (name: string, spec: CertificateSpec, key = keyFor(name, spec.key, owned)): Subject => ({
    spec,
    serialNumber: randomSerialNumber(),
    key,
  })
  return {
    authorities: authorities.map((spec) => ({ spec, subject: subject(spec.name, spec.certificate) })),
    server: { spec: server, subject: server.certificate && subject(server.name, server.certificate) },
    identities: identities.map((spec) => ({
      spec,
      subject: spec.certificate && subject(spec.name, spec.certificate, owned.get(spec.name)),
    })),
  }
}

async function keyFor(
  name: string,
  key: KeySpec,
  owned: ReadonlyMap<string, Promise<KeyPair>>,
): Promise<KeyPair> {
  if (key.kind !== 'of') return makeKeyPair(key)
  const pair = owned.get(key.identity)
  if (pair) return pair
  throw new HarnessError(
    'ERR_KEY_OF',
    `${name} is to have the key of ${key.identity}, which has none of its own`,
    { where: 'identities', hint: `specify ${key.identity} too, with a key that is made for it` },
  )
}
