/**
 * Known differences from what a scenario and a server's table expect, each with its reason. When a cell starts to
 * pass, the run fails until its line goes.
 */
import type { Deviation } from '../harness/model/scenario.ts'

export const deviations: readonly Deviation[] = [
  {
    cells: 'iis-10/require/*/*/client-certificate/key-type/ed25519',
    observed: { accepted: false, refusal: 'missing', status: 403, substatus: 7 },
    reason: 'Schannel offers no Ed25519 in signature_algorithms, so the client has nothing to send',
    source: 'learn.microsoft.com: TLS cipher suites and signature algorithms of Schannel; RFC 8446 §4.4.2.3',
  },
]
