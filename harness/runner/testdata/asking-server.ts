/**
 * A server that asks in the handshake, late or never, in the clear too, and answers 200 to a certificate and 403 to
 * none. Its log has a line for every request: the nonce.
 */
import { constants } from 'node:crypto'
import { once } from 'node:events'
import { createSecureServer, type SecureServerOptions, type ServerHttp2Stream } from 'node:http2'
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import type { ScenarioAnswer } from '../../model/answer.ts'
import type { AuthorityName } from '../../model/identity.ts'
import type { PolicyUnderTest, ServerBackend, StartOptions } from '../../model/server.ts'
import { answer, policy } from './values.ts'

export interface Asking {
  readonly when: 'handshake' | 'late' | 'never'
  /** The names that it sends; root-a unless given. */
  readonly names?: readonly AuthorityName[]
  /** Resets the connection in the place of the 403. */
  readonly resets?: true
  /** Speaks HTTP/2 too, and does this with each stream. */
  readonly onStream?: (stream: ServerHttp2Stream) => void
  /** The same site in the clear, which says 403; or a port that is taken for it and speaks TLS. */
  readonly http?: true | 'tls'
  /** Closes what asks for this path, without a word: the first `mutes` times, or always. */
  readonly mute?: string
  readonly mutes?: number
  /** Waits a moment for an answer to HelloRequest where this path is asked for, and closes. */
  readonly givesUp?: string
}

export interface AskingServer {
  readonly backend: ServerBackend
  /** The nonces of the requests in their order. */
  readonly nonces: readonly string[]
}

const GIVES_UP_MS = 50

export const welcome: ScenarioAnswer = answer({ verdict: 'accepted', status: 200 })

export function askingServer(asking: Asking): AskingServer {
  const { when, names = ['root-a'] } = asking
  const nonces: string[] = []
  const underTest: PolicyUnderTest = {
    policy: policy('require', { when: when === 'late' ? 'late' : 'handshake' }),
    certificateAuthorities: when === 'never' ? null : names,
    answers: { accepted: welcome },
  }
  const backend: ServerBackend = {
    name: 'asking',
    title: 'asks as it is told',
    backends: ['embedded'],
    features: new Set(['tls1.2', 'tls1.3', 'http2', 'plain-http']),
    tls: ['1.2', '1.3'],
    policies: [underTest],
    probe: async () => ({ available: true, version: '1', tlsLibrary: null }),
    start: (options) => start(asking, options, nonces),
    substatusOf: () => null,
    reasonsFor: ({ status }) => (status === 403 ? ['missing', 'tls-required'] : ['late-request-failed']),
  }
  return { backend, nonces }
}

async function start(asking: Asking, { policies, pki }: StartOptions, nonces: string[]) {
  const { when, names = ['root-a'], resets, onStream, http, mute, givesUp } = asking
  let mutes = asking.mutes ?? Infinity
  const options = {
    ...{ cert: pki.server.chainPem, key: pki.server.keyPem ?? '' },
    ca: names.map((name) => pki.authorities[name].certificate.pem),
    // OpenSSL would resume the session and never ask.
    secureOptions: constants.SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION,
    ...{ requestCert: when === 'handshake', rejectUnauthorized: false },
  }
  const connections = new Set<Socket>()
  const answerTo = (socket: TLSSocket) => {
    const isWelcome = socket.getPeerX509Certificate() !== undefined
    if (isWelcome || !resets) socket.end(response(isWelcome ? 200 : 403))
    else [...connections].find(({ remotePort }) => remotePort === socket.remotePort)?.resetAndDestroy()
  }
  const onTls = (socket: TLSSocket) => {
    onRequest(socket, nonces, (path) => {
      if (path === mute && mutes-- > 0) socket.destroy()
      else if (when !== 'late') answerTo(socket)
      else {
        if (path === givesUp) setTimeout(() => socket.destroy(), GIVES_UP_MS).unref()
        socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, (error) => {
          if (error === null) answerTo(socket)
          else socket.destroy()
        })
      }
    })
  }
  const tlsServer = onStream ? http2Server(options, onStream, nonces) : createTlsServer(options, onTls)
  tlsServer.on('connection', (socket: Socket) => connections.add(socket))
  const plain =
    http === 'tls'
      ? createTlsServer(options, onTls)
      : createTcpServer((socket) => onRequest(socket, nonces, () => socket.end(response(403))))
  const opened = await Promise.all([tlsServer, ...(http ? [plain] : [])].map(listening))
  const [https, clear] = opened
  const ports = { port: https?.port ?? 0, ...(clear === undefined ? {} : { httpPort: clear.port }) }
  return {
    ...{ version: '1', tlsLibrary: 'OpenSSL' },
    endpoints: new Map(
      policies.map(({ name }) => [name, { host: '127.0.0.1', servername: 'localhost', ...ports }]),
    ),
    serverLog: async () => null,
    died: new Promise<string>(() => undefined),
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map(({ close }) => close()))
    },
  }
}

/** HTTP/1.1 is always welcome here, so that the control passes. */
function http2Server(
  options: SecureServerOptions,
  onStream: (stream: ServerHttp2Stream) => void,
  nonces: string[],
): Server {
  const server = createSecureServer({ ...options, allowHTTP1: true }, (request, response) => {
    nonces.push(request.url)
    if (request.httpVersionMajor === 1) response.end()
  })
  return server.on('stream', onStream)
}

function onRequest(socket: Socket, nonces: string[], then: (path: string) => void): void {
  socket.on('error', () => undefined)
  socket.once('data', (bytes: Buffer) => {
    const [, path = '', nonce = ''] = /^\S+ (\S*)\?cell=(\S+)/.exec(bytes.toString('latin1')) ?? []
    nonces.push(nonce)
    then(path)
  })
}

function response(status: number): string {
  return `HTTP/1.1 ${status} Any\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`
}

async function listening(server: Server) {
  const sockets = new Set<Socket>()
  server.on('tlsClientError', () => undefined)
  server.on('sessionError', () => undefined)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
