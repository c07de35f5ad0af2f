/** One request and the way to answer it, the same over HTTP/1.1 and HTTP/2. They are http1-exchange.ts and http2-exchange.ts. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import type { RequestBody } from './request-body.ts'

export interface Exchange {
  /** The TLS or TCP socket: one and the same for every request of a connection. */
  readonly socket: Socket
  readonly httpVersion: string
  readonly method: string
  /** The request target as it came. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: RequestBody
  /** `Expect: 100-continue`: the client may be waiting with its body. */
  readonly expectsContinue: boolean
  /** Resolves when the answer is out, or cannot come out any more. */
  readonly closed: Promise<void>
  /** Lets a client that waits send its body. */
  sendContinue(): void
  send(answer: Answer): void
  /** HTTP/2: ends this request's stream with this error code; HTTP/1.1 has no such thing. */
  resetStream(errorCode: number): void
}

export interface Answer {
  readonly status: number
  /** The reason phrase, which HTTP/2 has none of. */
  readonly reason: string
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly page: string
  /** The connection ends after it. */
  readonly close: boolean
}

/** HTTP.sys answers a malformed request itself, in its own name; only HTTPERR would log it [httperr]. */
export const badRequest: Answer = {
  status: 400,
  reason: 'Bad Request',
  headers: { Server: 'Microsoft-HTTPAPI/2.0' },
  page: '',
  close: true,
}

/**
 * How long a body is still read after the answer that ends its connection. To close with bytes unread is a TCP reset,
 * which can overtake the answer; what HTTP.sys does here is not published.
 */
export const LINGER_MS = 1000
