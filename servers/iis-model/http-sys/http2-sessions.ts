/**
 * The HTTP/2 side of a listener: takes a TLS socket whose ALPN says `h2`. node:http2 is loaded for the first of them:
 * it takes some milliseconds, and most sites never see one (README).
 */
import type { Http2Server, Http2ServerRequest, Http2ServerResponse, ServerHttp2Session } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { Http2Exchange } from './http2-exchange.ts'

/** What HTTP.sys allows a connection is not published; a common value. */
const MAX_CONCURRENT_STREAMS = 100

export interface Http2Options {
  /** A session that does nothing for so long ends. */
  readonly timeoutMs: number
  onExchange(exchange: Http2Exchange): void
}

export class Http2Sessions {
  readonly #options: Http2Options
  readonly #sockets = new WeakMap<ServerHttp2Session, TLSSocket>()
  #server: Promise<Http2Server> | null = null

  constructor(options: Http2Options) {
    this.#options = options
  }

  async take(socket: TLSSocket): Promise<void> {
    // Until the session listens, nobody would.
    const ignore = () => undefined
    socket.on('error', ignore)
    const server = await (this.#server ??= this.#create())
    if (socket.destroyed) return
    // The session is made, and announced, within emit.
    server.once('session', (session) => this.#sockets.set(session, socket))
    server.emit('connection', socket)
    socket.off('error', ignore)
  }

  async #create(): Promise<Http2Server> {
    const { createServer } = await import('node:http2')
    const server = createServer({ settings: { maxConcurrentStreams: MAX_CONCURRENT_STREAMS } })
    server.on('session', (session) => {
      session.setTimeout(this.#options.timeoutMs, () => session.destroy())
    })
    // A session that breaks its protocol has ended itself.
    server.on('sessionError', () => undefined)
    server.on('request', (request, response) => this.#exchange(request, response))
    return server
  }

  #exchange(request: Http2ServerRequest, response: Http2ServerResponse): void {
    const { session } = request.stream
    const socket = session && this.#sockets.get(session as ServerHttp2Session)
    if (socket) this.#options.onExchange(new Http2Exchange(request, response, socket))
    else request.stream.destroy()
  }
}
