/**
 * The `node` client: node:tls under undici or node:http2, with the tap in this process. It sends its identity whatever
 * the server asks for, as OpenSSL does. A renegotiation that the server starts is answered by OpenSSL on its own.
 */
import type { Socket } from 'node:net'
import { connect as connectTls, TLSSocket } from 'node:tls'
import { deafToRenegotiation } from '../capture/deaf-to-renegotiation.ts'
import { newTap } from '../capture/tap.ts'
import { TappedSocket } from '../capture/tapped-socket.ts'
import type { Client, ClientReport, ClientRequest } from '../model/client.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { Endpoint } from '../model/server.ts'
import type * as httpExchange from './http-exchange.ts'
import { httpRequestOf } from './http-request.ts'
import { exchangeHttp2, type Http2Outcome } from './http2-exchange.ts'
import { secureContexts, type ContextFor } from './secure-contexts.ts'

export const node: Client = {
  name: 'node',
  title: 'node:tls under undici and node:http2, in process',
  features: new Set([
    ...['tls1.2', 'tls1.3', 'http2', 'plain-http', 'request-body', 'cipher-suites'],
    ...['refuse-renegotiation', 'ignore-renegotiation'],
  ]),
  async probe() {
    await loadExchange()
    return {
      available: true,
      version: process.versions.node,
      tlsLibrary: `OpenSSL ${process.versions.openssl}`,
    }
  },
  async open() {
    const { exchange } = await loadExchange()
    const tools = { contextFor: secureContexts(), exchange }
    return {
      connect: (request) => connect(request, tools),
      async [Symbol.asyncDispose]() {},
    }
  },
}

type Exchange = typeof httpExchange.exchange

interface Tools {
  readonly contextFor: ContextFor
  readonly exchange: Exchange
}

/** undici is most of what there is to load. A run asks whether there is this client while keys are made, and so has it. */
function loadExchange() {
  return import('./http-exchange.ts')
}

/**
 * After a fatal alert both sides close (RFC 5246 §7.2.2), which node:tls does not do once the handshake is over, and
 * node:http2 waits after a FIN. The server may go first, so that it is seen how; then the client does.
 */
const CLOSE_GRACE_MS = 200

async function connect(request: ClientRequest, { contextFor, exchange }: Tools): Promise<ClientReport> {
  const { endpoint, signal } = request
  const scheme = request.request?.scheme ?? 'https'
  const port = portOf(endpoint, scheme)
  const tap = newTap()
  const ignores = request.tls === '1.2' && request.request?.renegotiation === 'ignore'
  const tcp = new TappedSocket(tap, ignores ? deafToRenegotiation() : null)
  const keyLog: Buffer[] = []
  const socket = scheme === 'http' ? tcp : tlsOver(tcp, request, contextFor, keyLog)

  const onAbort = () => {
    tap.closed('timeout')
    socket.destroy()
    tcp.destroy()
  }
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  let clientPort: number | null = null
  tcp.connect(port, endpoint.host, () => {
    clientPort = tcp.localPort ?? null
  })

  let outcome: Http2Outcome = { http: null, reset: null }
  let error: ClientReport['error'] = null
  // An alert can arrive after undici has given up on the request, so the socket is asked too.
  let ending: NodeJS.Timeout | undefined
  const endSoon = () => {
    ending ??= setTimeout(() => socket.destroy(), CLOSE_GRACE_MS)
  }
  socket.on('error', (thrown: Error) => {
    error ??= describe(thrown)
    endSoon()
  })
  tcp.on('end', endSoon)
  try {
    outcome = await outcomeOf(socket, { scheme, port, servername: endpoint.servername }, request, exchange)
  } catch (thrown) {
    error ??= describe(thrown)
  } finally {
    clearTimeout(ending)
    signal.removeEventListener('abort', onAbort)
    socket.destroy()
    tcp.destroy()
  }
  return {
    segments: tap.segments,
    keyLog: Buffer.concat(keyLog).toString('latin1'),
    closedBy: tap.closedBy ?? 'client',
    http: outcome.http,
    http2Reset: outcome.reset,
    // After a complete answer undici destroys the socket, which is no error of the handshake.
    error: outcome.http === null ? error : null,
    alertReceived: alertNumber(error?.message),
    clientPort,
    claims: null,
  }
}

function portOf({ port, httpPort }: Endpoint, scheme: 'https' | 'http'): number {
  if (scheme === 'https') return port
  if (httpPort === undefined)
    throw new HarnessError('ERR_NO_ENDPOINT', 'the endpoint has no port for plain HTTP')
  return httpPort
}

function tlsOver(
  tcp: TappedSocket,
  request: ClientRequest,
  contextFor: ContextFor,
  keyLog: Buffer[],
): TLSSocket {
  const tls = connectTls({
    socket: tcp,
    servername: request.endpoint.servername,
    secureContext: contextFor(request),
    // The runner compares the server's certificate with the one that the server was given.
    rejectUnauthorized: false,
    ALPNProtocols: [request.request?.http === '2' ? 'h2' : 'http/1.1'],
  })
  // A renegotiation adds a line of its own.
  tls.on('keylog', (line: Buffer) => keyLog.push(line))
  return tls
}

async function outcomeOf(
  socket: Socket,
  origin: httpExchange.Origin,
  request: ClientRequest,
  exchange: Exchange,
): Promise<Http2Outcome> {
  const http = httpRequestOf(request)
  if (socket instanceof TLSSocket && request.request?.http === '2') {
    return await exchangeHttp2(socket, origin, http)
  }
  return { http: await exchange(socket, origin, http), reset: null }
}

function describe(thrown: unknown): { code: string; message: string } {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'ERR_UNKNOWN'
  return { code, message: messageOf(thrown).trim() }
}

/** OpenSSL ends its message with the number of the alert that it received. */
function alertNumber(message: string | undefined): number | null {
  const number = /SSL alert number (\d+)/.exec(message ?? '')?.[1]
  return number === undefined ? null : Number(number)
}
