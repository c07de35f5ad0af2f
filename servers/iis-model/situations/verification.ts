/** Situations of HTTP.sys and Schannel: revocation, usage, stores, trust mode. */
import type { IisProfile } from '../profiles.ts'
import { REQUIRE } from './ssl-flags.ts'
import { refused, served } from './named.ts'
import type { NamedSituation } from './named.ts'

/** Windows Server 2012 brought ClientAuthTrustMode, stores in the place of CTLs, and the strictness about Root. */
const since2012 = ({ caList }: IisProfile) => caList.ctl === 'names-a-store'

const UNTRUSTED = refused(403, 16, 2_148_204_809)
const listed = { SendTrustedIssuerList: 1 } as const

export const verification = {
  'late-require-no-revocation-check': {
    title: 'Require, verifyclientcertrevocation=disable',
    situation: { sslFlags: REQUIRE, sslcert: { verifyclientcertrevocation: false } },
    correct: served(),
  },
  'late-require-cached-stale': {
    title: 'Require, verifyrevocationwithcachedclientcertonly=enable, and a stale CRL in the cache',
    situation: {
      sslFlags: REQUIRE,
      sslcert: { verifyrevocationwithcachedclientcertonly: true },
      cachedCrls: 'stale',
    },
    correct: served(),
  },
  'late-require-no-usage-check': {
    title: 'Require, usagecheck=disable',
    situation: { sslFlags: REQUIRE, sslcert: { usagecheck: false } },
    correct: served(),
  },
  'late-require-spoiled-root': {
    title: 'Require, a certificate in Root that is not self-signed',
    playedBy: since2012,
    situation: { sslFlags: REQUIRE, stores: { Root: ['root-a', 'intermediate-a'] } },
    correct: UNTRUSTED,
  },
  'late-require-spoiled-root-listed': {
    title: 'Require, a certificate in Root that is not self-signed, SendTrustedIssuerList 1',
    playedBy: since2012,
    situation: {
      sslFlags: REQUIRE,
      stores: { Root: ['root-a', 'intermediate-a'] },
      registry: listed,
    },
    correct: UNTRUSTED,
    // That the clients' roots are missing from the list is [kb2802568]; what is left in it is inferred.
    names: () => ['intermediate-a'],
  },
  'late-require-root-removed': {
    title: 'Require, the root was taken out of Root',
    situation: { sslFlags: REQUIRE, stores: { Root: ['root-c'], CA: ['root-a', 'root-b'] } },
    correct: UNTRUSTED,
    names: ({ sendTrustedIssuerList }) => (sendTrustedIssuerList === 1 ? ['root-c'] : []),
  },
  'late-require-root-of-current-user': {
    title: 'Require, the root is in CurrentUser\\Root only',
    situation: {
      sslFlags: REQUIRE,
      stores: { Root: ['root-c'], CA: ['root-a', 'root-b'], currentUserRoot: ['root-a'] },
    },
    correct: UNTRUSTED,
    names: ({ sendTrustedIssuerList }) => (sendTrustedIssuerList === 1 ? ['root-c'] : []),
  },
  'late-require-exclusive-ca-trust': {
    title: 'Require, ClientAuthTrustMode 2, sslctlstorename=ClientAuthIssuer without the issuer',
    playedBy: since2012,
    situation: {
      sslFlags: REQUIRE,
      sslcert: { sslctlstorename: 'ClientAuthIssuer' },
      registry: { ClientAuthTrustMode: 2 },
      stores: { ClientAuthIssuer: ['root-c'] },
    },
    correct: UNTRUSTED,
  },
} as const satisfies Record<string, NamedSituation>
