/** The Alert message. RFC 8446 §6, RFC 5246 §7.2. What an alert means for a verdict is not decided here. */
import { HarnessError } from '../model/errors.ts'
import { alertName } from '../model/tls.ts'
import type { Alert } from '../model/transcript.ts'

const levels: ReadonlyMap<number, 'warning' | 'fatal'> = new Map([
  [1, 'warning'],
  [2, 'fatal'],
])

/** RFC 8446 §5.1: a record with an Alert type MUST contain exactly one message. */
export function decodeAlert(content: Uint8Array): Alert {
  const [level, code] = content
  if (level === undefined || code === undefined || content.length !== 2) {
    throw new HarnessError(
      'ERR_ALERT_LENGTH',
      `an alert has 2 bytes, this one ${content.length} (RFC 8446 §5.1)`,
    )
  }
  return { level: levels.get(level) ?? level, description: alertName(code), code }
}
