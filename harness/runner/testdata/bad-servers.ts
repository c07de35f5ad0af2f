/** Servers that misbehave in one way each. They ask for a certificate of root-a's and verify nothing. */
import { once } from 'node:events'
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import type { Policy } from '../../model/policy.ts'
import type { ServerBackend, ServerLogEntry, StartedServer } from '../../model/server.ts'
import { nodeHttps } from '../../../servers/node-https/index.ts'

type Start = ServerBackend['start']

/** Does with each TCP connection what it is told, and logs nothing. */
export function tcpStart(onConnection: (socket: Socket) => void): Start {
  return async ({ policies }) => await listening(createTcpServer(onConnection), policies, null)
}

/** Does with each connection what it is told once the handshake is over, and logs `verify`, true or not. */
export function tlsStart(onConnection: (socket: TLSSocket) => void, verify: string): Start {
  return async ({ policies, pki }) => {
    const server = createTlsServer(
      {
        cert: pki.server.chainPem,
        key: pki.server.keyPem ?? '',
        ca: pki.authorities['root-a'].certificate.pem,
        ...{ requestCert: true, rejectUnauthorized: false },
      },
      (socket) => {
        socket.on('error', () => undefined)
        onConnection(socket)
      },
    )
    return await listening(server, policies, {
      ...{ line: `verify=${verify}`, verify, status: null, substatus: null, win32: null, user: null },
    })
  }
}

/** node-https for its first `connections` connections; then it is gone, and `died` says so if it is told to. */
export function dyingStart(connections: number, lastWords: string | null): Start {
  return async (options) => {
    const started = await nodeHttps.start(options)
    let served = 0
    let die: (words: string) => void = () => undefined
    const died = new Promise<string>((resolve) => (die = resolve))
    return {
      ...started,
      died,
      async serverLog(connection, signal) {
        const entry = await started.serverLog(connection, signal)
        if (++served === connections) {
          await started[Symbol.asyncDispose]()
          if (lastWords !== null) die(lastWords)
        }
        return entry
      },
      async [Symbol.asyncDispose]() {
        if (served < connections) await started[Symbol.asyncDispose]()
      },
    }
  }
}

/** Every policy on the one port. */
async function listening(
  server: Server,
  policies: readonly Policy[],
  log: ServerLogEntry | null,
): Promise<StartedServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    ...{ version: '0', tlsLibrary: 'OpenSSL' },
    endpoints: new Map(
      policies.map(({ name }) => [name, { host: '127.0.0.1', port, servername: 'localhost' }]),
    ),
    serverLog: async () => log,
    died: new Promise(() => undefined),
    async [Symbol.asyncDispose]() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
