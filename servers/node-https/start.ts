/**
 * Starts one https listener for each policy on 127.0.0.1 and writes a log line for each connection: a request's
 * line names its query, a refused connection's line names only the client's port, since no request was read.
 */
import { once } from 'node:events'
import { constants } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Socket, type AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { HarnessError, messageOf } from '../../harness/model/errors.ts'
import type { Policy } from '../../harness/model/policy.ts'
import type { Backend, StartedServer, StartOptions } from '../../harness/model/server.ts'
import { newLog, type Log } from './log.ts'

interface Listener {
  readonly server: Server
  readonly connections: ReadonlySet<Duplex>
}

/** @throws HarnessError ERR_SERVER_START. */
export async function start(options: StartOptions): Promise<StartedServer> {
  const { backend, policies, signal } = options
  refuse(backend, policies)
  const log = newLog()
  const listening = await Promise.allSettled(
    policies.map(async (policy) => ({ policy, listener: await listen(policy, options, log) })),
  )
  const listeners = listening.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  let closed: Promise<unknown> | null = null
  const closeAll = async () => {
    closed ??= Promise.all(listeners.map(({ listener }) => close(listener)))
    await closed
  }
  const failed = listening.find((each) => each.status === 'rejected')
  if (failed !== undefined || signal.aborted) {
    await closeAll()
    const cause: unknown = failed?.reason ?? new Error('the start was aborted')
    throw new HarnessError('ERR_SERVER_START', `node-https did not start: ${messageOf(cause)}`, { cause })
  }
  return {
    version: process.versions.node,
    tlsLibrary: `OpenSSL ${process.versions.openssl}`,
    endpoints: new Map(
      listeners.map(({ policy, listener: { server } }) => [
        policy.name,
        {
          host: options.host ?? '127.0.0.1',
          port: (server.address() as AddressInfo).port,
          servername: 'localhost',
        },
      ]),
    ),
    serverLog: (connection, signal) => log.find(connection, signal),
    died: new Promise(() => undefined),
    [Symbol.asyncDispose]: closeAll,
  }
}

/** What would otherwise be ignored, and then measured as something else. */
function refuse(backend: Backend, policies: readonly Policy[]): void {
  if (backend !== 'embedded') {
    throw new HarnessError('ERR_SERVER_START', `node-https has no backend ${backend}`, {
      hint: 'use --backend embedded',
    })
  }
  const impossible = policies.find(({ when, caNames }) => when !== 'handshake' || caNames !== 'default')
  if (impossible === undefined) return
  throw new HarnessError('ERR_SERVER_START', `node-https cannot play policy ${impossible.name}`, {
    hint: "it knows only when: 'handshake' and caNames: 'default'",
  })
}

async function listen(policy: Policy, { pki, host, ports }: StartOptions, log: Log): Promise<Listener> {
  const server = createServer(
    {
      cert: pki.server.chainPem,
      key: pki.server.keyPem ?? '',
      ca: policy.trust.map((name) => pki.authorities[name].certificate.pem),
      requestCert: policy.clientCertificate !== 'none',
      rejectUnauthorized: policy.clientCertificate === 'require',
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.3',
      // A resumed session is not verified again, so each connection makes its own.
      secureOptions: constants.SSL_OP_NO_TICKET,
    },
    (request, response) => answer(policy, request, response, log),
  )
  const connections = new Set<Duplex>()
  server.on('connection', (socket) => {
    connections.add(socket)
    if (socket instanceof Socket && socket.remotePort !== undefined)
      log.opened(policy.name, socket.remotePort)
    socket.once('close', () => connections.delete(socket))
  })
  // A destroyed socket no longer knows its peer, so the port is noted while the handshake goes on.
  const clientPorts = new WeakMap<TLSSocket, number>()
  server.on('keylog', (_line, socket: TLSSocket) => {
    if (socket.remotePort !== undefined) clientPorts.set(socket, socket.remotePort)
  })
  // rejectUnauthorized ends the socket after the handshake; this event is all that Node then says.
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    log.write({
      policy: policy.name,
      clientPort: clientPorts.get(socket) ?? socket.remotePort ?? null,
      query: null,
      status: null,
      verify: verifyText(socket) ?? error.code ?? error.message,
    })
  })
  server.on('secureConnection', lookAtCertificate)
  server.listen(ports?.get(policy.name) ?? 0, host ?? '127.0.0.1')
  await once(server, 'listening')
  return { server, connections }
}

function answer(policy: Policy, request: IncomingMessage, response: ServerResponse, log: Log): void {
  const { socket } = request
  if (!(socket instanceof TLSSocket)) return
  response.setHeader('content-type', 'text/plain')
  response.end(`client certificate: ${socket.authorized ? 'verified' : 'not verified'}\n`, () => {
    log.write({
      policy: policy.name,
      clientPort: socket.remotePort ?? null,
      query: request.url?.split('?')[1] ?? null,
      status: response.statusCode,
      verify: verifyText(socket),
    })
  })
}

/** `authorized`, or Node's code for what OpenSSL found; null when no certificate was asked for. */
function verifyText(socket: TLSSocket): string | null {
  if (socket.authorized) return 'authorized'
  // The declared type is Error, the value is the code.
  return (socket.authorizationError as unknown as string | null | undefined) ?? null
}

/**
 * A signature that does not verify leaves an entry in OpenSSL's error queue, which Node then takes for an error of the
 * connection: it ends it before or after the answer, as the packets come. Asking for the certificate here, as any
 * application does that wants to know who called, empties the queue.
 */
function lookAtCertificate(socket: TLSSocket): void {
  socket.getPeerCertificate()
}

async function close({ server, connections }: Listener): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  // closeAllConnections() leaves out those whose handshake has not finished.
  for (const socket of connections) socket.destroy()
  await closed
}
