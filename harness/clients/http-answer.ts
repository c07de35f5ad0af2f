/**
 * Finds an HTTP/1.1 answer in what a program prints, between lines of its own. RFC 9112 §4, §6.
 * Only for clients that are programs: the `node` client has undici.
 */
import type { HttpAnswer } from '../model/server.ts'

/** How much of an answer's body is kept; IIS's and nginx's error pages are under 10 kB. */
export const MAX_BODY_BYTES = 64 * 1024

/** A final status line at the start of a line; 1xx answers come before it and are no answer. */
const HEAD = /^HTTP\/1\.[01] ([2-9]\d{2})(?: ([^\r\n]*))?\r\n((?:[^\r\n]+\r\n)*)\r\n/m

export interface FoundAnswer {
  readonly answer: HttpAnswer
  /** What the program had printed before. */
  readonly before: string
}

/** null when no complete head was printed. Without a length the body may end in the program's own lines. */
export function findHttpAnswer(output: string): FoundAnswer | null {
  const head = HEAD.exec(output)
  if (head === null) return null
  const [all, status = '', reason = '', fields = ''] = head
  const headers = headersOf(fields)
  const rest = Buffer.from(output.slice(head.index + all.length))
  const body = bodyOf(rest, headers).subarray(0, MAX_BODY_BYTES).toString('utf8')
  return {
    answer: { status: Number(status), reason, headers, body },
    before: output.slice(0, head.index),
  }
}

function headersOf(fields: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields
      .split('\r\n')
      .filter((field) => field.includes(':'))
      .map((field) => {
        const colon = field.indexOf(':')
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()]
      }),
  )
}

function bodyOf(rest: Buffer, headers: Readonly<Record<string, string>>): Buffer {
  if (headers['transfer-encoding']?.toLowerCase() === 'chunked') return dechunked(rest)
  const length = headers['content-length'] ?? ''
  return /^\d+$/.test(length) ? rest.subarray(0, Number(length)) : rest
}

/** RFC 9112 §7.1. Ends at the last chunk, and at anything that is no chunk. */
function dechunked(bytes: Buffer): Buffer {
  const chunks: Buffer[] = []
  for (let offset = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', offset)
    if (lineEnd === -1) break
    const lengthBytes = Number.parseInt(bytes.toString('latin1', offset, lineEnd), 16)
    if (!(lengthBytes > 0)) break
    const start = lineEnd + '\r\n'.length
    chunks.push(bytes.subarray(start, start + lengthBytes))
    offset = start + lengthBytes + '\r\n'.length
  }
  return Buffer.concat(chunks)
}
