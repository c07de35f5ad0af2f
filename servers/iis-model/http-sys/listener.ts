/**
 * One listener of a site: node:http or node:https, and HTTP/2 behind it, with HTTP.sys's part of the work. What reaches
 * `onExchange` is a well-formed request; everything else ends here, outside the W3C log.
 */
import { createServer as createHttpServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { TLSSocket, TlsOptions } from 'node:tls'
import type { Connections } from './connections.ts'
import { badRequest } from './exchange.ts'
import type { Exchange } from './exchange.ts'
import { Http1Exchange } from './http1-exchange.ts'
import { Http2Sessions } from './http2-sessions.ts'

export interface ListenerOptions {
  /** null: plain HTTP. */
  readonly tls: TlsOptions | null
  /** Offer `h2` in ALPN. */
  readonly http2: boolean
  readonly host: string
  /** 0: any. */
  readonly port: number
  /** Of idle connections, and of requests that are long in coming. */
  readonly timeoutMs: number
  /** Of the whole site. */
  readonly connections: Connections
  /** The names in SNI that are answered, lower case; null or absent: all, and clients without one. */
  readonly serverNames?: ReadonlySet<string> | null
  onSecureConnection?(socket: TLSSocket): void
  onExchange(exchange: Exchange): void
  /** The listener itself broke, after it had started. */
  onError(error: Error): void
}

/** Its end is that of the whole site's connections. */
export interface Listener extends AsyncDisposable {
  readonly port: number
}

/** How often Node looks for requests that are late. */
const CHECKING_INTERVAL_MS = 30_000

const BAD_REQUEST = [
  'HTTP/1.1 400 Bad Request',
  ...Object.entries(badRequest.headers).map(([name, value]) => `${name}: ${String(value)}`),
  'Connection: close',
  'Content-Length: 0',
  '\r\n',
].join('\r\n')

/** @throws the system's error when the address cannot be had. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const server = createServer(options)
  options.connections.track(server)
  const pass = (expectsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) =>
    options.onExchange(new Http1Exchange(request, response, expectsContinue))
  server.on('request', pass(false))
  server.on('checkContinue', pass(true))
  // Also gets what fails in the handshake: step 0, no answer and no line in the log.
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (isMalformedRequest(error) && socket.writable) socket.end(BAD_REQUEST)
    else socket.destroy()
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  server.on('error', (error) => options.onError(error))

  let closed: Promise<void> | undefined
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () =>
      (closed ??= new Promise((resolve) => {
        server.close(() => resolve())
        options.connections.destroyAll()
      })),
  }
}

function createServer(options: ListenerOptions): Server {
  const { timeoutMs } = options
  const limits = {
    keepAliveTimeout: timeoutMs,
    headersTimeout: timeoutMs,
    requestTimeout: timeoutMs,
    connectionsCheckingInterval: Math.min(timeoutMs, CHECKING_INTERVAL_MS),
  }
  if (!options.tls) return createHttpServer(limits)
  const server = createHttpsServer({
    ...limits,
    ...options.tls,
    ...sni(options),
    handshakeTimeout: timeoutMs,
    ALPNProtocols: options.http2 ? ['h2', 'http/1.1'] : ['http/1.1'],
  })
  const http2 = new Http2Sessions({ timeoutMs, onExchange: (exchange) => options.onExchange(exchange) })
  // node:https's own listener starts to read HTTP/1.1: it goes second, and gets no HTTP/2. This instead of
  // http2.createSecureServer({ allowHTTP1 }), for which node:http2 would be loaded at every start (README).
  const [readHttp1] = server.listeners('secureConnection')
  server.removeAllListeners('secureConnection')
  server.on('secureConnection', (socket: TLSSocket) => {
    // Who sends no name is not asked for one: SNICallback is not called.
    if (options.serverNames && !socket.servername) {
      socket.destroy()
      return
    }
    options.onSecureConnection?.(socket)
    if (socket.alpnProtocol === 'h2') void http2.take(socket)
    else readHttp1?.call(server, socket)
  })
  return server
}

/** A name that no binding has gets no answer; that the connection just ends is inferred. */
function sni({ serverNames = null }: ListenerOptions): Pick<TlsOptions, 'SNICallback'> {
  if (serverNames === null) return {}
  return {
    SNICallback: (name, done) =>
      serverNames.has(name.toLowerCase()) ? done(null) : done(new Error(`no binding for ${name}`)),
  }
}

/** By the codes of Node's HTTP parser. A request that was broken off is not malformed. */
const isMalformedRequest = ({ code }: NodeJS.ErrnoException): boolean =>
  code !== undefined && code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE'
