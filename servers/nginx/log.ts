/** Reads the access log of configuration.ts: one line of JSON for each request. */
import type { ConnectionKey, ServerLogEntry } from '../../harness/model/server.ts'
import type { LogField } from './configuration.ts'

/** Cheap, since it is asked of every line for every connection that waits: the line is not parsed. */
export function isAbout(line: string, { nonce, clientPort }: ConnectionKey): boolean {
  return (
    line.includes(`"cell":${JSON.stringify(nonce)},`) &&
    (clientPort === null || line.includes(`,"port":"${clientPort}",`))
  )
}

/** null for a line that configuration.ts did not ask for. */
export function readLine(line: string): ServerLogEntry | null {
  const fields = parse(line)
  if (fields === null) return null
  const status = Number(fields.status)
  return {
    line,
    status: Number.isInteger(status) && status > 0 ? status : null,
    // nginx logs the 400 that it answers, not the 495, 496 or 497 that led to it.
    substatus: null,
    win32: null,
    user: null,
    verify: fields.verify || null,
  }
}

function parse(line: string): Partial<Readonly<Record<LogField, string>>> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}
