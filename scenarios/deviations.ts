/**
 * Known differences from what a scenario and a server's table expect, each with its reason. When a cell starts to
 * pass, the run fails until its line goes.
 */
import type { Deviation } from '../harness/model/scenario.ts'

const schannelWithoutEd25519 = {
  reason: 'Schannel offers no Ed25519 in signature_algorithms, so the client has nothing to send',
  source: 'RFC 8446 §4.4.2.3; Schannel list in servers/iis-model/README.md',
} as const

/** X509_check_purpose wants clientAuth by name; nginx 1.22.1 and Node 20 to 26 leave it to OpenSSL. */
const opensslWithoutAnyEku = {
  reason: 'OpenSSL does not take anyExtendedKeyUsage for clientAuth, as RFC 5280 lets an application decide',
  source: 'RFC 5280 §4.2.1.12; measured with OpenSSL 3.0.19 on 2026-11-20',
} as const

export const deviations: readonly Deviation[] = [
  {
    ...schannelWithoutEd25519,
    cells: 'iis-*/require/*/*/client-certificate/key-type/ed25519',
    observed: { accepted: false, presented: false, refusal: 'missing', status: 403, substatus: 7 },
  },
  {
    ...schannelWithoutEd25519,
    cells: 'iis-*/request/*/*/client-certificate/key-type/ed25519',
    observed: { accepted: true, presented: false, status: 200 },
  },
  {
    ...opensslWithoutAnyEku,
    cells: 'node-https/require/*/*/client-certificate/extended-key-usage/any',
    observed: { accepted: false, presented: true, refusal: 'wrong-eku', status: null, alert: null },
  },
  {
    // Served all the same, and only the word of the log tells: INVALID_PURPOSE in place of `authorized`.
    ...opensslWithoutAnyEku,
    cells: 'node-https/request/*/*/client-certificate/extended-key-usage/any',
    observed: { accepted: true, presented: true, status: 200 },
  },
  {
    ...opensslWithoutAnyEku,
    cells: 'nginx/*/*/*/client-certificate/extended-key-usage/any',
    observed: { accepted: false, presented: true, refusal: 'wrong-eku', status: 400, substatus: 495 },
  },
]
