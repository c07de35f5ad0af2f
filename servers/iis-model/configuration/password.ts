/**
 * Passwords of mapped accounts. `[enc:PROVIDER:...:enc]` is encrypted with a key that only the machine has that wrote
 * the file, so the clear text has to come from outside.
 */
import type { Position } from './configuration-error.ts'
import type { Notes } from './notes.ts'
import { quoted } from './quoted.ts'
import type { Password } from './settings.ts'

/** By the user name as configured, compared without case. */
export type Passwords = ReadonlyMap<string, string>

/** The payload is empty in the schema's own default, the empty password [kb2026113]. */
const encrypted = /^\[enc:[^:\]]*:(.*):enc\]$/s

export function readPassword(
  text: string,
  userName: string,
  at: Position,
  passwords: Passwords,
  notes: Notes,
): Password {
  const payload = encrypted.exec(text)?.[1]
  if (payload === undefined) return { kind: 'clear', text }
  if (payload === '') return { kind: 'clear', text: '' }
  const supplied = passwords.get(userName.toLowerCase())
  const found = supplied === undefined ? 'it stays unreadable' : 'the supplied one is taken instead'
  notes.add(
    at,
    `the password of ${quoted(userName)} is encrypted with a key of the machine that wrote the file: ${found}; ` +
      'to supply one, give `passwords` an entry with the userName as written here',
  )
  return supplied === undefined ? { kind: 'unreadable' } : { kind: 'clear', text: supplied }
}

/** The same passwords under lower-case names. */
export function withLowerCaseNames(passwords: Passwords): Passwords {
  return new Map([...passwords].map(([userName, password]) => [userName.toLowerCase(), password]))
}
