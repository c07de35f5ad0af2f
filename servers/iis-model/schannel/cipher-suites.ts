/**
 * Schannel's default cipher suites, in its order and in OpenSSL's spelling. Microsoft publishes a list for each Windows,
 * up to date with its updates. Left out of all lists: DHE suites (they need parameters), and 3DES and RC4, which node's
 * OpenSSL has not. Nothing that IIS answers depends on the list.
 */

/** Without forward secrecy; the same order in every list. */
const RSA_KEY_EXCHANGE = [
  'AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
  'AES256-SHA256',
  'AES128-SHA256',
  'AES256-SHA',
  'AES128-SHA',
] as const

/** Server 2019 [suites-1809]. */
const tls12 = [
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-RSA-AES256-SHA384',
  'ECDHE-RSA-AES128-SHA256',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES256-SHA',
  'ECDHE-RSA-AES128-SHA',
  ...RSA_KEY_EXCHANGE,
] as const

export const cipherSuites = {
  /** [suites-2022], which is for later Windows too; seen in a ClientHello [clienthello-2022]. */
  'server-2022': ['TLS_AES_256_GCM_SHA384', 'TLS_AES_128_GCM_SHA256', ...tls12],
  'server-2019': tls12,
  /**
   * Windows 7 with update 3042058 [suites-7], and the same for Windows 8.1 with update 2919355 [suites-81]. No
   * ECDHE-RSA with GCM. There a suite names its curve too, so AES-256-GCM with ECDSA is for P-384 only: not played.
   * Older Windows knew RC4 and 3DES above all, which cannot be played: they get this list as well (inferred).
   */
  'server-2012-r2': [
    'ECDHE-RSA-AES256-SHA384',
    'ECDHE-RSA-AES128-SHA256',
    'ECDHE-RSA-AES256-SHA',
    'ECDHE-RSA-AES128-SHA',
    ...RSA_KEY_EXCHANGE,
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-SHA384',
    'ECDHE-ECDSA-AES128-SHA256',
    'ECDHE-ECDSA-AES256-SHA',
    'ECDHE-ECDSA-AES128-SHA',
  ],
} as const satisfies Record<string, readonly string[]>
