/** The computer of a situation: stores, registry, accounts, directory. IIS's own configuration is situation-xml.ts. */
import { HarnessError } from '../../harness/model/errors.ts'
import type { AuthorityName, Identity, Pki } from '../../harness/model/identity.ts'
import type { Machine } from './machine/machine.ts'
import type { Directory } from './machine/directory.ts'
import { certificateStores } from './machine/certificate-stores.ts'
import { eventLog } from './machine/events.ts'
import { registryDefaults } from './machine/registry.ts'
import { altSecurityIdentity } from './mapping/alt-security-identities.ts'
import type { IisProfile } from './profiles.ts'
import type { Certificate } from './schannel/certificate.ts'
import { storedCertificate } from './schannel/stored-certificate.ts'
import type { DirectorySituation, Situation } from './situation.ts'

/**
 * The situation that the articles about 403.16 describe: the machine knows the issuing root, but has it in the wrong
 * store [kb2802568] [itq]. So an untrusted root is CERT_E_UNTRUSTEDROOT and not CERT_E_CHAINING.
 */
const KNOWN_BUT_UNTRUSTED = ['root-b'] as const satisfies readonly AuthorityName[]

export interface SituationSurroundings {
  readonly profile: IisProfile
  readonly pki: Pki
  /** What Root holds where the situation does not say. */
  readonly trust: readonly AuthorityName[]
}

export function situationMachine(situation: Situation, surroundings: SituationSurroundings): Machine {
  const { profile, pki, trust } = surroundings
  const { stores = {}, registry, accounts = null, directory } = situation
  const named = (names: readonly AuthorityName[]) => names.map((name) => authority(pki, name))
  // Not touched where nobody wants it: the crowd is made on first use.
  const crowd = stores.crowdInRoot === undefined ? [] : pki.crowd.slice(0, stores.crowdInRoot)
  return {
    profile,
    registry: { ...registryDefaults, SendTrustedIssuerList: profile.sendTrustedIssuerList, ...registry },
    stores: certificateStores(
      {
        Root: [...named(stores.Root ?? trust), ...crowd.map(({ der }) => storedCertificate(der))],
        CA: named(stores.CA ?? KNOWN_BUT_UNTRUSTED),
        ClientAuthIssuer: named(stores.ClientAuthIssuer ?? []),
        // There to be overlooked: nobody asks for a store of this name.
        'CurrentUser\\Root': named(stores.currentUserRoot ?? []),
      },
      stores.trustList ? new Map([['ctl', named(stores.trustList)]]) : new Map(),
    ),
    accounts,
    directory: directory ? directoryOf(directory, pki, named) : null,
    events: eventLog(),
  }
}

function directoryOf(
  { ntAuth, strongCertificateBindingEnforcement, users }: DirectorySituation,
  { identities }: Pki,
  named: (names: readonly AuthorityName[]) => readonly Certificate[],
): Directory {
  return {
    ntAuth: named(ntAuth),
    strongCertificateBindingEnforcement,
    users: users.map(({ account, userPrincipalName = '', objectSid = '', altSecurityIdentities = [] }) => ({
      account,
      userPrincipalName,
      objectSid,
      altSecurityIdentities: altSecurityIdentities.map(({ form, identity }) =>
        altSecurityIdentity(form, endEntity(identities.get(identity), identity)),
      ),
    })),
  }
}

/** @throws HarnessError ERR_SERVER_START for an identity that presents nothing. */
export function endEntity(identity: Identity | undefined, name: string): Certificate {
  const [first] = identity?.chain ?? []
  if (first !== undefined) return storedCertificate(first.der)
  throw new HarnessError('ERR_SERVER_START', `the situation maps ${name}, which has no certificate`, {
    hint: 'map an identity of the PKI that presents one',
  })
}

function authority({ authorities }: Pki, name: AuthorityName): Certificate {
  return storedCertificate(authorities[name].certificate.der)
}
