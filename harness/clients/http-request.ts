/** The request that a RequestSpec stands for, in the words of HTTP: RFC 9110 §9, §8.6. How it is sent is the client's. */
import type { ClientRequest } from '../model/client.ts'

export interface HttpRequest {
  readonly method: string
  /** The origin-form request target. */
  readonly target: string
  /** By lower-case name; without Host, Connection and Content-Length, which the sender makes. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
}

/** Filler for a body: what is in it does not matter, its length does. */
const FILLER = 'countersign '

export function httpRequestOf({ target, request = {} }: ClientRequest): HttpRequest {
  const { bodyBytes = 0, headers = {} } = request
  const body = bodyBytes === 0 ? null : Buffer.alloc(bodyBytes, FILLER)
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  return {
    method: request.method ?? (body === null ? 'GET' : 'POST'),
    target,
    headers: { 'user-agent': 'countersign', ...Object.fromEntries(own) },
    body,
  }
}
