/** Servers that no client should be harmed by, and what its report must then say. */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import type { ClientReport } from '../../model/client.ts'
import type { Identity } from '../../model/identity.ts'
import { alertDescriptions } from '../../model/tls.ts'

/** 100 bytes that are no TLS record. */
const GARBAGE = Buffer.from('no TLS here\r\n'.repeat(8))
const LARGE_BODY_BYTES = 5 * 1024 * 1024

export interface Hostile {
  readonly name: string
  readonly tls: boolean
  readonly serve: (socket: Socket) => void
  readonly expect: Readonly<Partial<Record<keyof ClientReport, unknown>>>
}

export const hostileServers: readonly Hostile[] = [
  {
    name: 'one that resets at once',
    tls: false,
    serve: (socket) => socket.resetAndDestroy(),
    expect: { http: null, closedBy: 'rst', keyLog: '' },
  },
  {
    name: 'one that resets after the ClientHello',
    tls: false,
    serve: (socket) => socket.once('data', () => socket.resetAndDestroy()),
    expect: { http: null, closedBy: 'rst', keyLog: '', clientPort: Number },
  },
  {
    name: 'one that closes after the ClientHello',
    tls: false,
    serve: (socket) => socket.once('data', () => socket.end()),
    expect: { http: null, closedBy: 'fin', keyLog: '' },
  },
  {
    name: 'one that sends garbage and stays',
    tls: false,
    serve: (socket) => socket.once('data', () => socket.write(GARBAGE)),
    expect: { http: null, error: { message: /\S/ } },
  },
  {
    name: 'one that answers with an alert and stays',
    tls: false,
    serve: (socket) => socket.once('data', () => socket.write(Buffer.from('15030300020246', 'hex'))),
    expect: { http: null, alertReceived: alertDescriptions.protocol_version },
  },
  {
    name: 'one whose reset may overtake its alert',
    tls: false,
    serve: (socket) =>
      socket.once('data', () => {
        socket.write(Buffer.from('15030300020246', 'hex'))
        socket.resetAndDestroy()
      }),
    expect: { http: null, error: { message: /\S/ } },
  },
  {
    name: 'one that answers with no HTTP',
    tls: true,
    serve: (socket) => socket.once('data', () => socket.end(GARBAGE)),
    expect: { http: null, keyLog: /\S/ },
  },
  {
    name: 'one that breaks off within the head',
    tls: true,
    serve: (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-')),
    expect: { http: null, closedBy: /^(fin|client)$/ },
  },
  {
    name: 'one with a large body',
    tls: true,
    serve: (socket) =>
      socket.once('data', () => {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${LARGE_BODY_BYTES}\r\nConnection: close\r\n\r\n`)
        socket.end(Buffer.alloc(LARGE_BODY_BYTES, 'x'))
      }),
    expect: { http: { status: 200, body: /^x{65536}$/ }, error: null },
  },
  {
    name: 'one with a chunked body',
    tls: true,
    serve: (socket) =>
      socket.once('data', () => {
        const head = 'HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n'
        socket.end(`${head}5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n`)
      }),
    expect: { http: { status: 403, reason: 'Forbidden', body: 'firstsecond' }, error: null },
  },
]

export interface Serving {
  readonly tls: boolean
  readonly serve: (socket: Socket) => void
  /** With TLS: whose certificate it shows. */
  readonly shows: Identity
}

export interface Listening {
  readonly port: number
  /** Settles when no connection is open. */
  readonly emptied: () => Promise<void>
  readonly close: () => Promise<void>
}

/** On a port of 127.0.0.1. */
export async function listen({ tls, serve, shows }: Serving): Promise<Listening> {
  const options = { cert: shows.chainPem, key: shows.keyPem ?? '' }
  const guarded = (socket: Socket | TLSSocket) => {
    socket.on('error', () => undefined)
    serve(socket)
  }
  const server = tls ? createTlsServer(options, guarded) : createServer(guarded)
  const open = new Set<Socket>()
  server.on('tlsClientError', () => undefined)
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => open.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    for (const socket of open) socket.destroy()
    if (!server.listening) return
    server.close()
    await once(server, 'close')
  }
  return {
    port: (server.address() as AddressInfo).port,
    async emptied() {
      while (open.size > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    },
    close,
  }
}
