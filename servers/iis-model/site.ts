/**
 * One running IIS site: listens on its bindings, and keeps the client certificate of each connection and the log. Requests
 * are site-requests.ts. What it is made from is configuration/ and machine/; who starts it is start.ts.
 */
import { mkdir } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { messageOf } from '../../harness/model/errors.ts'
import type { ConnectionKey, ServerLogEntry } from '../../harness/model/server.ts'
import type { Binding } from './configuration/settings.ts'
import { Changes } from './http-sys/changes.ts'
import { Connections } from './http-sys/connections.ts'
import { listen } from './http-sys/listener.ts'
import type { Listener, ListenerOptions } from './http-sys/listener.ts'
import { serverNames } from './http-sys/server-name.ts'
import { bindingSslFlags } from './http-sys/ssl-cert.ts'
import { TlsConnection } from './http-sys/tls-connection.ts'
import { serverLogEntry } from './log/server-log-entry.ts'
import { SiteLog } from './log/site-log.ts'
import type { W3cEntry } from './log/w3c-log.ts'
import { certificatesSent } from './schannel/certificates-sent.ts'
import { ClientCertificateJudge } from './schannel/client-certificate-judge.ts'
import { storedCertificate } from './schannel/stored-certificate.ts'
import { tlsOptions } from './schannel/tls-options.ts'
import type { Site, SiteOptions } from './site-options.ts'
import { SiteRequests } from './site-requests.ts'

export type { Site, SiteOptions } from './site-options.ts'

/** The longest that Node's timers wait. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1

/** @throws the system's error when a listener or the log folder cannot be had. */
export async function startSite(options: SiteOptions): Promise<Site> {
  const directory = join(options.directory, `W3SVC${options.site.id}`)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const site = new RunningSite(options, new SiteLog({ directory, profile: options.machine.profile }))
  try {
    await site.listen()
  } catch (error) {
    await site[Symbol.asyncDispose]()
    throw error
  }
  return site
}

class RunningSite implements Site {
  readonly #options: SiteOptions
  readonly #log: SiteLog
  readonly #judge: ClientCertificateJudge
  readonly #requests: SiteRequests
  readonly #changes = new Changes()
  readonly #connections = new Connections(() => this.#changes.notify())
  readonly #tls = new WeakMap<Socket, TlsConnection>()
  #https: Listener | null = null
  #http: Listener | null = null
  #disposed = false

  constructor(options: SiteOptions, log: SiteLog) {
    const { machine, site, sslCert, revocation, server, deniedByAcl = [], now = Date.now } = options
    this.#options = options
    this.#log = log
    this.#judge = new ClientCertificateJudge({ machine, sslCert, revocation, now })
    this.#requests = new SiteRequests({
      machine,
      site,
      server: storedCertificate(server.chain[0]?.der ?? Buffer.from(server.chainPem)),
      deniedByAcl,
      connections: this.#connections,
      now,
      tlsOf: ({ socket }) => this.#tls.get(socket) ?? null,
      onAnswered: (entry) => this.#append(entry),
      onFailure: (reason) => this.#fail(reason),
    })
  }

  get port(): number {
    return this.#https?.port ?? 0
  }

  get httpPort(): number | null {
    return this.#http?.port ?? null
  }

  async listen(): Promise<void> {
    const { site, ports = {} } = this.#options
    const https = site.bindings.find(({ protocol }) => protocol === 'https')
    const http = site.bindings.find(({ protocol }) => protocol === 'http')
    if (https) this.#https = await listen(this.#httpsOptions(https, ports.https ?? 0))
    if (http) this.#http = await listen(this.#listenerOptions(ports.http ?? 0))
  }

  async serverLog({ nonce, clientPort }: ConnectionKey, signal: AbortSignal): Promise<ServerLogEntry | null> {
    for (;;) {
      const record = this.#log.find(nonce)
      if (record) return serverLogEntry(record)
      if (signal.aborted || this.#disposed) return null
      if (clientPort !== null && this.#connections.hasEnded(clientPort)) return null
      await this.#changes.next(signal)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true
    await Promise.all([this.#https?.[Symbol.asyncDispose](), this.#http?.[Symbol.asyncDispose]()])
    this.#log[Symbol.dispose]()
    this.#changes.notify()
  }

  #httpsOptions(binding: Binding, port: number): ListenerOptions {
    const { machine, server, sslCert, extraCipherSuites = [] } = this.#options
    return {
      ...this.#listenerOptions(port),
      tls: tlsOptions({ machine, server, sslCert, binding, extraCipherSuites }),
      http2: machine.profile.http2 && !(binding.sslFlags & bindingSslFlags.disableHttp2),
      onSecureConnection: (socket) => this.#tls.set(socket, this.#tlsConnection(socket)),
    }
  }

  #listenerOptions(port: number): ListenerOptions {
    return {
      tls: null,
      http2: false,
      host: this.#options.host ?? '127.0.0.1',
      port,
      timeoutMs: this.#timeoutMs,
      connections: this.#connections,
      serverNames: serverNames(this.#options.site.bindings),
      onExchange: (exchange) => void this.#requests.serve(exchange),
      onError: (error) => this.#fail(`a listener broke: ${error.message}`),
    }
  }

  #tlsConnection(socket: TLSSocket): TlsConnection {
    return new TlsConnection(socket, {
      http2: socket.alpnProtocol === 'h2',
      askedInHandshake: this.#options.sslCert.clientcertnegotiation,
      timeoutMs: this.#timeoutMs,
      judge: async (socket) => {
        const sent = certificatesSent(socket)
        return sent.length === 0 ? null : await this.#judge.judge(sent)
      },
    })
  }

  get #timeoutMs(): number {
    return Math.min(Math.max(this.#options.site.connectionTimeoutMs, 1), MAX_TIMEOUT_MS)
  }

  #append(entry: W3cEntry): void {
    try {
      const line = this.#log.append(entry)
      if (line !== null) this.#options.onLogLine?.(line)
    } catch (error) {
      this.#fail(`the W3C log cannot be written: ${messageOf(error)}`)
    }
    this.#changes.notify()
  }

  #fail(reason: string): void {
    this.#options.onFailure?.(reason)
  }
}
