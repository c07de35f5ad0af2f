/** The layer above a server's own table: what RFC 8446, 5246 and 5280 ask of a server that requires a certificate. */
import type { RfcOpinion } from '../model/event.ts'
import type { Observation } from '../model/observation.ts'
import { refusals, type Reason, type RefusalReason } from '../model/refusal.ts'
import type { Cell } from './matrix.ts'

const silent: RfcOpinion = { alert: null, agrees: null, source: null }

export function rfcOpinion({ underTest, namedScenario, tls }: Cell, observed: Observation): RfcOpinion {
  // A server that only requests a certificate may go on with an unauthenticated client (RFC 8446 §4.4.2.4).
  if (underTest.policy.clientCertificate !== 'require') return silent
  if (!('refused' in namedScenario.expect)) {
    return { ...silent, agrees: observed.accepted, source: namedScenario.rfc.join(', ') }
  }
  const reason = namedScenario.expect.refused
  // A denial is told in HTTP: the RFCs of TLS ask nothing.
  if (!isRefusalReason(reason)) return silent
  const { alert, source } = refusals[reason]
  const sent = observed.handshake.alert?.from === 'server' ? observed.handshake.alert.description : null
  return { alert: alert[tls], agrees: !observed.accepted && sent === alert[tls], source }
}

function isRefusalReason(reason: Reason): reason is RefusalReason {
  return reason in refusals
}
