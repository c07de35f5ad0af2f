/**
 * What a server answered, in one word for a matrix: `200`, `403.16`, `400/495`, `unknown_ca`, `closed`.
 * HTTP wins over an alert, because the alert then only ended an answered connection.
 */
import type { ClosedBy, Observation, ObservedHttp } from '../harness/model/observation.ts'
import { safeText } from './safe-text.ts'

/** For a connection that ended with neither an alert nor an HTTP answer. */
const endings = {
  fin: 'closed',
  client: 'closed',
  rst: 'reset',
  timeout: 'timeout',
} as const satisfies Record<ClosedBy, string>

export function answerText({ http, handshake }: Observation): string {
  if (http) return statusText(http)
  const { alert, closedBy } = handshake
  if (!alert) return endings[closedBy]
  return safeText(alert.from === 'server' ? alert.description : `client ${alert.description}`)
}

/** `403.16` for a finer code of the status (IIS); `400/495` for a status of its own behind it (nginx). */
export function statusText({ status, substatus }: Pick<ObservedHttp, 'status' | 'substatus'>): string {
  // IIS logs `200 0`; people write 200.
  if (substatus === null || (substatus === 0 && status < 300)) return String(status)
  return substatus >= 100 ? `${status}/${substatus}` : `${status}.${substatus}`
}
