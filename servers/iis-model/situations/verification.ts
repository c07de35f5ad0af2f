/** Situations of HTTP.sys and Schannel: revocation, usage, stores, trust mode, names in CertificateRequest. */
import type { IisProfile } from '../profiles.ts'
import { early, REQUIRE } from './flags.ts'
import { refused, served } from './named.ts'
import type { NamedSituation } from './named.ts'

/** Windows Server 2012 brought ClientAuthTrustMode, stores in the place of CTLs, and the strictness about Root. */
const since2012 = ({ caList }: IisProfile) => caList.ctl === 'names-a-store'

const UNTRUSTED = refused(403, 16, 2_148_204_809)
const listed = { SendTrustedIssuerList: 1 } as const

/**
 * How many of Pki.crowd fit a list beside root-a. In the list root-a takes 43 bytes and a member of the crowd 135, each
 * with its two bytes of length: 43 + 121 x 135 = 16,378 of 16,384, and 43 + 90 x 135 = 12,193 of 12,288.
 */
const CROWD_WITHIN_16_KB = 121
const CROWD_WITHIN_12_KB = 90

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
  'late-require-listed': {
    title: 'Require, SendTrustedIssuerList 1',
    situation: { sslFlags: REQUIRE, registry: listed },
    correct: served(),
    names: () => ['root-a'],
  },
  'late-require-other-listed': {
    title: 'Require, SendTrustedIssuerList 1, sslctlstorename=ClientAuthIssuer without the issuer',
    situation: {
      sslFlags: REQUIRE,
      sslcert: { sslctlstorename: 'ClientAuthIssuer' },
      registry: listed,
      stores: { ClientAuthIssuer: ['root-c'] },
    },
    correct: served(),
    names: () => ['root-c'],
  },
  'require-unlisted': {
    title: 'Require, the binding asks, SendTrustedIssuerList 0',
    situation: { sslFlags: REQUIRE, sslcert: early, registry: { SendTrustedIssuerList: 0 } },
    correct: served(),
    names: () => [],
  },
  'require-listed': {
    title: 'Require, the binding asks, SendTrustedIssuerList 1',
    situation: { sslFlags: REQUIRE, sslcert: early, registry: listed },
    correct: served(),
    names: () => ['root-a'],
  },
  'require-listed-issuers': {
    title: 'Require, the binding asks, SendTrustedIssuerList 1, Client Authentication Issuers',
    situation: {
      sslFlags: REQUIRE,
      sslcert: early,
      registry: listed,
      stores: { ClientAuthIssuer: ['root-a', 'intermediate-a', 'root-c'] },
    },
    correct: served(),
    names: () => ['root-a', 'intermediate-a', 'root-c'],
  },
  'require-listed-store': {
    title: 'Require, the binding asks, SendTrustedIssuerList 1, sslctlstorename=ClientAuthIssuer',
    situation: {
      sslFlags: REQUIRE,
      sslcert: { ...early, sslctlstorename: 'ClientAuthIssuer' },
      registry: listed,
      stores: { ClientAuthIssuer: ['intermediate-a', 'root-a'] },
    },
    correct: served(),
    names: () => ['intermediate-a', 'root-a'],
  },
  'require-trust-list': {
    title: 'Require, the binding asks, a CTL with one of two trusted roots',
    situation: {
      sslFlags: REQUIRE,
      sslcert: { ...early, sslctlidentifier: 'ctl', sslctlstorename: 'CA' },
      registry: listed,
      stores: { Root: ['root-a', 'root-c'], trustList: ['root-a'] },
    },
    correct: served(),
    names: ({ caList }) => (caList.ctl === 'ignored' ? ['root-a', 'root-c'] : ['root-a']),
  },
  'require-listed-long': {
    title: 'Require, the binding asks, SendTrustedIssuerList 1, as many roots as 16 KB can name',
    situation: {
      sslFlags: REQUIRE,
      sslcert: early,
      registry: listed,
      stores: { crowdInRoot: CROWD_WITHIN_16_KB },
    },
    correct: served(),
    names: () => ({ authorities: ['root-a'], crowd: CROWD_WITHIN_16_KB }),
  },
  'require-listed-too-long': {
    title: 'Require, the binding asks, SendTrustedIssuerList 1, more roots than can be named',
    situation: { sslFlags: REQUIRE, sslcert: early, registry: listed, stores: { crowdInRoot: 200 } },
    correct: served(),
    names: ({ caList: { overflow, limitBytes } }) =>
      overflow === 'send-none'
        ? []
        : { authorities: ['root-a'], crowd: limitBytes === 12_288 ? CROWD_WITHIN_12_KB : CROWD_WITHIN_16_KB },
  },
} as const satisfies Record<string, NamedSituation>
