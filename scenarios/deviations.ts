/**
 * Known differences from what a scenario and a server's table expect, each with its reason. When a cell starts to
 * pass, the run fails until its line goes.
 */
import type { Deviation } from '../harness/model/scenario.ts'

const schannelWithoutEd25519 = {
  reason: 'Schannel offers no Ed25519 in signature_algorithms, so the client has nothing to send',
  source: 'RFC 8446 §4.4.2.3; Schannel list in servers/iis-model/README.md',
} as const

export const deviations: readonly Deviation[] = [
  {
    ...schannelWithoutEd25519,
    cells: 'iis-10/require/*/*/client-certificate/key-type/ed25519',
    observed: { accepted: false, presented: false, refusal: 'missing', status: 403, substatus: 7 },
  },
  {
    ...schannelWithoutEd25519,
    cells: 'iis-10/request/*/*/client-certificate/key-type/ed25519',
    observed: { accepted: true, presented: false, status: 200 },
  },
]
