/** One line of the W3C log in the words of harness/model. What a line does not say is null. */
import type { ServerLogEntry } from '../../../harness/model/server.ts'
import type { W3cRecord } from './w3c-log.ts'

export function serverLogEntry({ line, values }: W3cRecord): ServerLogEntry {
  const number = (field: string) => {
    const text = values.get(field) ?? null
    return text === null ? null : Number(text)
  }
  return {
    status: number('sc-status'),
    substatus: number('sc-substatus'),
    win32: number('sc-win32-status'),
    user: values.get('cs-username') ?? null,
    // IIS logs no words about the verification: the Win32 code is all there is.
    verify: null,
    line,
  }
}
