/**
 * One listener of a site: node:http or node:https on 127.0.0.1, with HTTP.sys's part of the work. What reaches
 * `onRequest` is a well-formed request; everything else ends here, outside the W3C log.
 */
import { createServer as createHttpServer } from 'node:http'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { TLSSocket, TlsOptions } from 'node:tls'
import { trackConnections } from './connections.ts'

export interface ListenerOptions {
  /** null: plain HTTP. */
  readonly tls: TlsOptions | null
  onSecureConnection?(socket: TLSSocket): void
  onRequest(request: IncomingMessage, response: ServerResponse): void
  onConnectionEnd(): void
  /** The listener itself broke, after it had started. */
  onError(error: Error): void
}

export interface Listener extends AsyncDisposable {
  readonly port: number
  hasEnded(clientPort: number): boolean
}

/** HTTP.sys answers a malformed request itself, in its own name; only HTTPERR would log it [httperr]. */
const BAD_REQUEST =
  'HTTP/1.1 400 Bad Request\r\nServer: Microsoft-HTTPAPI/2.0\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'

export async function listen(options: ListenerOptions): Promise<Listener> {
  const onRequest: RequestListener = (request, response) => options.onRequest(request, response)
  const server = options.tls ? createHttpsServer(options.tls, onRequest) : createHttpServer(onRequest)
  const connections = trackConnections(server, () => options.onConnectionEnd())
  // Before node:https's own listener, which starts to read requests.
  server.prependListener('secureConnection', (socket: TLSSocket) => options.onSecureConnection?.(socket))
  // Also gets what fails in the handshake: step 0, no answer and no line in the log.
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (isMalformedRequest(error) && socket.writable) socket.end(BAD_REQUEST)
    else socket.destroy()
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  server.on('error', (error) => options.onError(error))

  let closed: Promise<void> | undefined
  return {
    port: (server.address() as AddressInfo).port,
    hasEnded: (clientPort) => connections.hasEnded(clientPort),
    [Symbol.asyncDispose]: () =>
      (closed ??= new Promise((resolve) => {
        server.close(() => resolve())
        connections.destroyAll()
      })),
  }
}

/** By the codes of Node's HTTP parser. A request that was broken off is not malformed. */
const isMalformedRequest = ({ code }: NodeJS.ErrnoException): boolean =>
  code !== undefined && code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE'
