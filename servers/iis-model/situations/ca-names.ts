/** Situations of the names in CertificateRequest: SendTrustedIssuerList and the stores and CTLs that they come from. */
import { early, REQUIRE } from './ssl-flags.ts'
import { served } from './named.ts'
import type { NamedSituation } from './named.ts'

const listed = { SendTrustedIssuerList: 1 } as const

/**
 * How many of Pki.crowd fit a list beside root-a. In the list root-a takes 43 bytes and a member of the crowd 135, each
 * with its two bytes of length: 43 + 121 x 135 = 16,378 of 16,384, and 43 + 90 x 135 = 12,193 of 12,288.
 */
const CROWD_WITHIN_16_KB = 121
const CROWD_WITHIN_12_KB = 90

export const caNames = {
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
