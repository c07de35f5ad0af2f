/** Servers for what a client does beyond a plain GET: late requests, HTTP/2, bodies, the clear. One port each. */
import { constants } from 'node:crypto'
import { once } from 'node:events'
import { createSecureServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2'
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls'
import type { Pki } from '../../model/identity.ts'

export interface Special extends AsyncDisposable {
  readonly port: number
}

/** What every server shows, and the names that it sends when it asks. */
export function shownBy({ server, authorities }: Pick<Pki, 'server' | 'authorities'>): TlsOptions {
  return {
    ...{ cert: server.chainPem, key: server.keyPem ?? '', ca: authorities['root-a'].certificate.pem },
    rejectUnauthorized: false,
  }
}

export function answer(status: number, body: string, fields: readonly string[] = []): string {
  const head = [`HTTP/1.1 ${status} Any`, `Content-Length: ${body.length}`, 'Connection: close', ...fields]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

/**
 * Reads the request, then asks by renegotiation, then says which certificate came. OpenSSL would resume the session and
 * never ask without the option.
 */
export function renegotiating(pki: Pki): Promise<Special> {
  const secureOptions = constants.SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION
  const server = createTlsServer({ ...shownBy(pki), maxVersion: 'TLSv1.2', secureOptions }, (socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, (error) => {
        if (error === null) socket.end(answer(200, `certificate: ${commonName(socket)}`))
        else socket.destroy()
      })
    })
  })
  return listening(server)
}

/** Sends HelloRequest in the middle of the answer to a connection, and closes after `timeoutMs` without a word. */
export function renegotiatingWithTimeout(pki: Pki, timeoutMs: number): Promise<Special> {
  const secureOptions = constants.SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION
  const server = createTlsServer({ ...shownBy(pki), maxVersion: 'TLSv1.2', secureOptions }, (socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, () => undefined)
      setTimeout(() => socket.destroy(), timeoutMs)
    })
  })
  return listening(server)
}

function commonName(socket: TLSSocket): string {
  // Empty when no certificate came, whatever the types say.
  const { subject } = socket.getPeerCertificate() as { subject?: { CN?: string } }
  return subject?.CN ?? 'none'
}

export interface SeenRequest {
  readonly head: string
  readonly bodyBytes: number
}

/** Reads the whole request and notes it. */
export async function reading(pki: Pki | null, seen: SeenRequest[]): Promise<Special> {
  const onConnection = (socket: Socket) => {
    let received = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes])
      const headEnd = received.indexOf('\r\n\r\n')
      if (headEnd === -1) return
      const head = received.toString('latin1', 0, headEnd)
      const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0)
      const bodyBytes = received.length - headEnd - '\r\n\r\n'.length
      if (bodyBytes < length) return
      seen.push({ head, bodyBytes })
      socket.end(answer(200, 'read'))
    })
  }
  const server = pki === null ? createTcpServer(onConnection) : createTlsServer(shownBy(pki), onConnection)
  return await listening(server)
}

/**
 * Answers 413 once some of the body has come, reads no more, and then resets: what a kernel does to a connection that is
 * closed with bytes unread.
 */
export function impatient(pki: Pki): Promise<Special> {
  const raw = new WeakMap<TLSSocket, Socket>()
  const sockets: Socket[] = []
  const server = createTlsServer(shownBy(pki), (socket) => {
    const tcp = sockets.find(({ remotePort }) => remotePort === socket.remotePort)
    if (tcp) raw.set(socket, tcp)
    socket.on('error', () => undefined)
    socket.once('data', () => {
      socket.pause()
      socket.write(answer(413, 'too large'), () => raw.get(socket)?.resetAndDestroy())
    })
  })
  server.on('connection', (socket: Socket) => sockets.push(socket))
  return listening(server)
}

/** Does with each HTTP/2 stream what it is told. */
export function http2(
  pki: Pki,
  onStream: (stream: ServerHttp2Stream, path: string) => void,
): Promise<Special> {
  const server = createHttp2Server({ ...shownBy(pki), requestCert: true })
  server.on('sessionError', () => undefined)
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined)
    onStream(stream, headers[':path'] ?? '')
  })
  return listening(server)
}

async function listening(server: Server): Promise<Special> {
  const sockets = new Set<Socket>()
  server.on('tlsClientError', () => undefined)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
