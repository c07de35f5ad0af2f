/**
 * Reads what `openssl s_client` prints: the CA names, whether a certificate was asked for, the alert, the answer.
 * The texts are those of OpenSSL's apps/s_client.c and apps/lib/s_cb.c, 1.1.1 to 3.x.
 */
import type { ClientClaims } from '../model/client.ts'
import type { HttpAnswer } from '../model/server.ts'
import { alertName } from '../model/tls.ts'
import { findHttpAnswer } from './http-answer.ts'

export interface SClientOutput {
  readonly claims: ClientClaims
  readonly http: HttpAnswer | null
  readonly alertReceived: number | null
}

const CA_NAMES_HEADING = 'Acceptable client certificate CA names'

/**
 * "No client certificate CA names sent" is printed for an empty list and for no request at all; only one of these
 * lines tells that there was a request. One of them follows the names, because a request carries signature
 * algorithms since TLS 1.2.
 */
const REQUEST_LINES = ['Client Certificate Types:', 'Requested Signature Algorithms:']

/** Ends every part of what s_client prints about the handshake. */
const RULE = '---'

export function readSClientOutput(stdout: string, stderr: string): SClientOutput {
  const found = findHttpAnswer(stdout)
  const http = found?.answer ?? null
  // A page can say anything, so only what stands before it is s_client speaking.
  const lines = (found?.before ?? stdout).split('\n')
  const alertReceived = alertIn(stderr)
  return {
    claims: {
      certificateRequested: lines.some(isRequestLine),
      certificateAuthorities: certificateAuthorities(lines),
      alert: alertReceived === null ? null : alertName(alertReceived),
      accepted: http !== null && http.status >= 200 && http.status < 300,
    },
    http,
    alertReceived,
  }
}

/** The line of OpenSSL's error queue that tells most, without the thread id before it. */
export function errorLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  const line = lines.find((line) => /(^|:)error:/.test(line)) ?? lines.at(-1) ?? ''
  return line.replace(/^[0-9A-Fa-f]+:(?=error:)/, '').trim()
}

/** OpenSSL writes this for an alert that it received, never for one that it sent. */
function alertIn(stderr: string): number | null {
  const number = /SSL alert number (\d+)/.exec(stderr)?.[1]
  return number === undefined ? null : Number(number)
}

function certificateAuthorities(lines: readonly string[]): readonly string[] {
  const start = lines.indexOf(CA_NAMES_HEADING)
  if (start === -1) return []
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => isRequestLine(line) || line === RULE)
  return end === -1 ? rest : rest.slice(0, end)
}

function isRequestLine(line: string): boolean {
  return REQUEST_LINES.some((start) => line.startsWith(start))
}
