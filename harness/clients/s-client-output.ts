/**
 * Reads what `openssl s_client` prints: the CA names, whether a certificate was asked for, the alert, the answer.
 * The texts are those of OpenSSL's apps/s_client.c and apps/lib/s_cb.c, 1.1.1 to 3.x.
 */
import type { ClientClaims } from '../model/client.ts'
import type { HttpAnswer } from '../model/server.ts'
import { alertName } from '../model/tls.ts'

const CA_NAMES_HEADING = 'Acceptable client certificate CA names'

/**
 * "No client certificate CA names sent" is printed for an empty list and for no request at all; only one of these
 * lines tells that there was a request.
 */
const REQUEST_LINES = ['Client Certificate Types:', 'Requested Signature Algorithms:']

/** The lines that can follow the list of names. */
const AFTER_CA_NAMES = [
  ...REQUEST_LINES,
  'Shared Requested Signature Algorithms:',
  'Peer signing digest:',
  'Peer Temp Key:',
  '---',
]

export function readClaims(
  stdout: string,
  stderr: string,
  http: HttpAnswer | null,
): ClientClaims & { readonly alertReceived: number | null } {
  const lines = stdout.split('\n')
  const alertNumber = /SSL alert number (\d+)/.exec(stderr)?.[1]
  const alertReceived = alertNumber === undefined ? null : Number(alertNumber)
  return {
    certificateRequested: lines.some((line) => REQUEST_LINES.some((start) => line.startsWith(start))),
    certificateAuthorities: certificateAuthorities(lines),
    alert: alertReceived === null ? null : alertName(alertReceived),
    accepted: http !== null && http.status >= 200 && http.status < 300,
    alertReceived,
  }
}

function certificateAuthorities(lines: readonly string[]): readonly string[] {
  const start = lines.indexOf(CA_NAMES_HEADING)
  if (start === -1) return []
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => AFTER_CA_NAMES.some((prefix) => line.startsWith(prefix)))
  return end === -1 ? rest : rest.slice(0, end)
}

/** The HTTP/1.1 answer among s_client's own lines; null when none came. Without Content-Length the body may end in them. */
export function parseHttpAnswer(stdout: string): HttpAnswer | null {
  const head = /^HTTP\/1\.[01] (\d{3}) ?([^\r\n]*)\r\n([\s\S]*?)\r\n\r\n/m.exec(stdout)
  if (head === null) return null
  const [all, status = '', reason = '', fields = ''] = head
  const headers = Object.fromEntries(
    fields.split('\r\n').map((field) => {
      const colon = field.indexOf(':')
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()]
    }),
  )
  const rest = Buffer.from(stdout.slice(head.index + all.length))
  const lengthBytes = Number(headers['content-length'] ?? rest.length)
  return { status: Number(status), reason, headers, body: rest.subarray(0, lengthBytes).toString('utf8') }
}
