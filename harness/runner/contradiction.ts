/**
 * Holds what a client program says of its own handshake against what our dissector read from the same bytes. Where
 * they differ, neither can be believed.
 */
import type { ClientClaims } from '../model/client.ts'
import type { Observation } from '../model/observation.ts'
import { show, type Difference } from './judge.ts'

/** Every point on which they differ; null where they agree. */
export function contradiction(claims: ClientClaims, observed: Observation): string | null {
  const { certificateRequest, handshake } = observed
  const alert = handshake.alert?.from === 'server' ? handshake.alert.description : null
  const wasReset = handshake.closedBy === 'rst'
  // s_client tells of its first handshake only: of a request that comes later it says nothing.
  const isSilent = !claims.certificateRequested && claims.certificateAuthorities.length === 0
  const told = certificateRequest?.when === 'late' && isSilent ? null : certificateRequest
  const pairs: readonly Difference[] = [
    {
      what: 'certificate requested',
      expected: claims.certificateRequested,
      observed: told !== null,
    },
    {
      what: 'CA names',
      expected: JSON.stringify(claims.certificateAuthorities),
      observed: JSON.stringify(told?.certificateAuthorities ?? []),
    },
    // A reset can overtake an alert: the relay has seen it, the client has not.
    { what: 'alert', expected: claims.alert, observed: claims.alert === null && wasReset ? null : alert },
    { what: 'accepted', expected: claims.accepted, observed: observed.accepted },
  ]
  const texts = pairs
    .filter((pair) => pair.expected !== pair.observed)
    .map(
      ({ what, expected, observed }) =>
        `${what}: the client says ${show(expected)}, the dissector ${show(observed)}`,
    )
  return texts.length === 0 ? null : texts.join('; ')
}
