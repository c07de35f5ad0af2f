/**
 * The `node` client: node:tls under undici, with the tap in this process. It sends its identity whatever the
 * server asks for, as OpenSSL does: selection is `forced`.
 */
import { connect as connectTls, createSecureContext, DEFAULT_CIPHERS, type SecureContext } from 'node:tls'
import { newTap } from '../capture/tap.ts'
import { TappedSocket } from '../capture/tapped-socket.ts'
import type { Client, ClientReport, ClientRequest, ConnectedClient } from '../model/client.ts'
import { messageOf } from '../model/errors.ts'
import type { HttpAnswer } from '../model/server.ts'
import { exchange } from './http-exchange.ts'

export const node: Client = {
  name: 'node',
  title: 'node:tls under undici, in process',
  features: new Set(['tls1.2', 'tls1.3']),
  async probe() {
    return {
      available: true,
      version: process.versions.node,
      tlsLibrary: `OpenSSL ${process.versions.openssl}`,
    }
  },
  async open() {
    return connected()
  },
}

function connected(): ConnectedClient {
  const contexts = new Map<string, SecureContext>()
  return {
    connect: (request) => connect(request, contextFor(contexts, request)),
    async [Symbol.asyncDispose]() {
      contexts.clear()
    },
  }
}

/** Parsing a key costs more than a handshake's other set-up, so contexts are kept; sessions are not. */
function contextFor(contexts: Map<string, SecureContext>, request: ClientRequest): SecureContext {
  const key = `${request.identity.name} ${request.tls}`
  const existing = contexts.get(key)
  if (existing) return existing
  const { identity, tls } = request
  const context = createSecureContext({
    // From a CA that it verifies with, OpenSSL would complete the client's own chain and send more than the identity.
    ca: [],
    ...(identity.keyPem === null ? {} : { cert: identity.chainPem, key: identity.keyPem }),
    minVersion: `TLSv${tls}`,
    maxVersion: `TLSv${tls}`,
    // Weak identities are the subject: the server must refuse them, not our own security level.
    ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0`,
  })
  contexts.set(key, context)
  return context
}

async function connect(request: ClientRequest, secureContext: SecureContext): Promise<ClientReport> {
  const { endpoint, signal } = request
  const tap = newTap()
  const tcp = new TappedSocket(tap)
  const tls = connectTls({
    socket: tcp,
    servername: endpoint.servername,
    secureContext,
    // The runner compares the server's certificate with the one that the server was given.
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
  })
  const keyLog: Buffer[] = []
  tls.on('keylog', (line: Buffer) => keyLog.push(line))

  const onAbort = () => {
    tap.closed('timeout')
    tls.destroy()
    tcp.destroy()
  }
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  let clientPort: number | null = null
  tcp.connect(endpoint.port, endpoint.host, () => {
    clientPort = tcp.localPort ?? null
  })

  let http: HttpAnswer | null = null
  let error: ClientReport['error'] = null
  // An alert can arrive after undici has given up on the request, so the TLS socket is asked too.
  tls.on('error', (thrown: Error) => {
    error ??= describe(thrown)
  })
  try {
    http = await exchange(tls, { ...endpoint, target: request.target })
  } catch (thrown) {
    error ??= describe(thrown)
  } finally {
    signal.removeEventListener('abort', onAbort)
    tls.destroy()
    tcp.destroy()
  }
  return {
    segments: tap.segments,
    keyLog: Buffer.concat(keyLog).toString('latin1'),
    closedBy: tap.closedBy ?? 'client',
    http,
    // After a complete answer undici destroys the socket, which is no error of the handshake.
    error: http === null ? error : null,
    alertReceived: alertNumber(error?.message),
    clientPort,
    claims: null,
  }
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
