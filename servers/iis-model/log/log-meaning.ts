/** What a line of the W3C log says, for people: `403.16 Client certificate is untrusted or invalid. CERT_E_UNTRUSTEDROOT 0x800B0109`. */
import { namedCode } from '../codes.ts'
import { formatW3cHeader, parseW3cLog } from './w3c-log.ts'
import { reasonText } from '../pages/status-reasons.ts'
import type { IisProfile } from '../profiles.ts'

/** null for a line that needs no explaining. */
export function logMeaning(line: string, profile: IisProfile): string | null {
  const [record] = parseW3cLog(`${formatW3cHeader(profile, 0)}${line}`)
  if (record === undefined) return null
  const field = (name: string) => record.values.get(name) ?? null
  const status = Number(field('sc-status'))
  const substatus = field('sc-substatus')
  const reason = substatus === null ? null : reasonText(status, Number(substatus), profile.generation)
  const code = codeText(Number(field('sc-win32-status')))
  if (status < 400 || (reason === null && code === null)) return null
  // IIS 5 logs no substatus.
  const answer = substatus === null ? String(status) : `${status}.${substatus}`
  return [answer, reason, code].filter((part) => part !== null).join(' ')
}

function codeText(win32: number): string | null {
  const code = win32 === 0 ? null : namedCode(win32)
  return code ? `${code.name} 0x${code.hresult.toString(16).toUpperCase().padStart(8, '0')}` : null
}
