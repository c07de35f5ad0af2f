/** An exchange over HTTP/1.1. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { LINGER_MS } from './exchange.ts'
import type { Answer, Exchange } from './exchange.ts'
import { RequestBody } from './request-body.ts'

export class Http1Exchange implements Exchange {
  readonly socket: Socket
  readonly httpVersion: string
  readonly method: string
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: RequestBody
  readonly expectsContinue: boolean
  readonly closed: Promise<void>
  readonly #response: ServerResponse

  constructor(request: IncomingMessage, response: ServerResponse, expectsContinue: boolean) {
    this.socket = request.socket
    this.httpVersion = request.httpVersion
    this.method = request.method ?? ''
    this.target = request.url ?? ''
    this.headers = request.headers
    this.body = new RequestBody(request, announcedBytes(request.headers))
    this.expectsContinue = expectsContinue
    this.closed = new Promise((resolve) => response.once('close', resolve))
    this.#response = response
    // Of a client that has gone away: `closed` tells of it.
    response.on('error', () => undefined)
  }

  sendContinue(): void {
    this.#response.writeContinue()
  }

  send({ status, reason, headers, page, close }: Answer): void {
    const response = this.#response
    if (response.destroyed) return
    // HTTP.sys says nothing about a connection that stays open, as is the default of HTTP/1.1.
    if (this.httpVersion === '1.1' && response.shouldKeepAlive) response.removeHeader('Connection')
    response.writeHead(status, reason, {
      ...headers,
      'Content-Length': Buffer.byteLength(page),
      ...(close ? { Connection: 'close' } : {}),
    })
    if (!close || this.body.isWhole) {
      response.end(page)
      return
    }
    response.flushHeaders()
    response.write(page)
    void this.body.drain(LINGER_MS).then(() => response.end())
  }

  resetStream(): void {
    this.socket.destroy()
  }
}

/** RFC 9112 §6.3: a request has a body exactly when one of the two headers says so. */
function announcedBytes(headers: IncomingHttpHeaders): number | null {
  if (headers['transfer-encoding'] !== undefined) return null
  return Number(headers['content-length'] ?? 0)
}
