/** Situations of `clientCertificateMappingAuthentication` and the DS mapper. */
import type { DirectorySituation } from '../situation.ts'
import { REQUIRE } from './ssl-flags.ts'
import { NOBODY } from './mapping-entries.ts'
import { served } from './named.ts'
import type { NamedSituation } from './named.ts'

const directory: DirectorySituation = {
  ntAuth: ['root-a'],
  strongCertificateBindingEnforcement: 2,
  users: [
    { account: 'COUNTERSIGN\\alice', userPrincipalName: 'alice@countersign.test' },
    {
      account: 'COUNTERSIGN\\bob',
      userPrincipalName: 'bob@countersign.test',
      objectSid: 'S-1-5-21-1004336348-1177238915-682003330-1104',
    },
  ],
}

const weak: DirectorySituation = {
  ...directory,
  users: [{ account: 'COUNTERSIGN\\carol', altSecurityIdentities: [{ form: 'I-S', identity: 'correct' }] }],
}

const common = { sslFlags: REQUIRE, anonymous: false, sslcert: { dsmapperusage: true } } as const

export const activeDirectory = {
  'late-require-directory': {
    title: 'Require, Active Directory mapping',
    situation: { ...common, directory },
    correct: NOBODY,
  },
  'late-require-directory-anonymous': {
    title: 'Require, Active Directory mapping, Anonymous on',
    situation: { ...common, directory, anonymous: true },
    correct: served(),
  },
  'late-require-directory-weak': {
    title: 'Require, Active Directory mapping by issuer and subject alone, full enforcement',
    // All methods are tried, so that it is the enforcement which decides.
    situation: { ...common, directory: weak, registry: { CertificateMappingMethods: 0x1f } },
    correct: NOBODY,
  },
} as const satisfies Record<string, NamedSituation>
