/** An exchange over HTTP/2: one stream. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { Socket } from 'node:net'
import type { Answer, Exchange } from './exchange.ts'
import { RequestBody } from './request-body.ts'

export class Http2Exchange implements Exchange {
  readonly socket: Socket
  readonly httpVersion = '2.0'
  readonly method: string
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: RequestBody
  /** node:http2 has told the client to go on: nothing here depends on a body that waits. */
  readonly expectsContinue = false
  readonly closed: Promise<void>
  readonly #response: Http2ServerResponse

  /** @param socket The TLS socket of the session, which node:http2 hides behind a proxy. */
  constructor(request: Http2ServerRequest, response: Http2ServerResponse, socket: Socket) {
    this.socket = socket
    this.method = request.method
    this.target = request.url
    this.headers = request.headers
    this.body = new RequestBody(request, request.stream.endAfterHeaders ? 0 : null)
    this.closed = new Promise((resolve) => response.once('close', resolve))
    this.#response = response
    // Of a client that has gone away: `closed` tells of it.
    response.on('error', () => undefined)
    request.stream.on('error', () => undefined)
  }

  sendContinue(): void {
    // See expectsContinue.
  }

  send({ status, headers, page, close }: Answer): void {
    if (this.#response.stream.destroyed) return
    this.#response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(page) })
    this.#response.end(page)
    if (close) this.#response.stream.session?.close()
  }

  resetStream(errorCode: number): void {
    this.#response.stream.close(errorCode)
  }
}
