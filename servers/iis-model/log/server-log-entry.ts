/**
 * One line of the W3C log in the words of harness/model. What a line does not say, or its log has no field for, is null.
 */
import type { ServerLogEntry } from '../../../harness/model/server.ts'
import type { W3cRecord } from './w3c-log.ts'

export function serverLogEntry({ line, values }: W3cRecord): ServerLogEntry {
  const number = (field: string) => wholeNumber(values.get(field) ?? null)
  return {
    status: number('sc-status'),
    substatus: number('sc-substatus'),
    win32: unsigned(number('sc-win32-status')),
    user: values.get('cs-username') ?? null,
    // IIS logs no words about the verification: the Win32 code is all there is.
    verify: null,
    line,
  }
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^-?\d{1,10}$/.test(text) ? Number(text) : null
}

/** One published log prints an NTSTATUS signed [so52506722]; ours never does. */
const unsigned = (value: number | null): number | null => (value === null ? null : value >>> 0)
