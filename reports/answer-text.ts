/**
 * What a server answered, in one word for a matrix: `200`, `403.16`, `400/495`, `unknown_ca`, `HTTP_1_1_REQUIRED`,
 * `closed`. HTTP wins over an alert, because the alert then only ended an answered connection. TLS writes its alerts
 * small and HTTP/2 its error codes (RFC 9113 §7) large, so one word cannot be taken for the other.
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

export function answerText({ http, http2Reset, handshake }: Observation): string {
  if (http) return statusText(http)
  if (http2Reset !== null) return safeText(http2Reset)
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

/** As IIS's pages write a code, without leading zeros for what the log cut to a Win32 error: `0x800B0109`, `0x52E`. */
export function hexText(win32: number): string {
  return `0x${win32.toString(16).toUpperCase()}`
}

/** Answered without TLS: the request went to a port that has none. */
export function inTheClear({ http, handshake }: Observation): boolean {
  return http !== null && handshake.version === null
}
