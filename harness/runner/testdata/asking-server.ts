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
  /** The same site in the clear, which says 403. */
  readonly http?: true
}

export interface AskingServer {
  readonly backend: ServerBackend
  /** The nonces of the requests in their order. */
  readonly nonces: readonly string[]
}

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
  const { when, names = ['root-a'], resets, onStream, http } = asking
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
    onRequest(socket, nonces, () => {
      if (when !== 'late') answerTo(socket)
      else {
        socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, (error) => {
          if (error === null) answerTo(socket)
          else socket.destroy()
        })
      }
    })
  }
  const tlsServer = onStream ? http2Server(options, onStream, nonces) : createTlsServer(options, onTls)
  tlsServer.on('connection', (socket: Socket) => connections.add(socket))
  const plain = createTcpServer((socket) => onRequest(socket, nonces, () => socket.end(response(403))))
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

function onRequest(socket: Socket, nonces: string[], then: () => void): void {
  socket.on('error', () => undefined)
  socket.once('data', (bytes: Buffer) => {
    nonces.push(/\?cell=(\S+)/.exec(bytes.toString('latin1'))?.[1] ?? '')
    then()
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
