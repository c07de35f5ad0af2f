/**
 * One IIS site with one binding (two with plain HTTP): listens, has the certificate judged, runs the pipeline,
 * answers, logs. Which site stands for which policy is index.ts.
 */
import { mkdir } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Socket } from 'node:net'
import { messageOf } from '../../harness/model/errors.ts'
import type { Identity } from '../../harness/model/identity.ts'
import type { ConnectionKey, ServerLogEntry } from '../../harness/model/server.ts'
import type { AccessSslFlag } from './configuration/access-ssl-flags.ts'
import { Changes } from './http-sys/changes.ts'
import { judgeClientCertificate } from './schannel/client-certificate.ts'
import type { ClientCertificate } from './schannel/client-certificate.ts'
import { listen } from './http-sys/listener.ts'
import type { Listener, ListenerOptions } from './http-sys/listener.ts'
import type { MachineStores } from './machine/machine-stores.ts'
import { answerTo } from './pipeline/pipeline.ts'
import type { IisProfile } from './profiles.ts'
import { schannelOptions } from './schannel/tls-options.ts'
import { serverLogEntry } from './log/server-log-entry.ts'
import { SiteLog } from './log/site-log.ts'
import { staticPage } from './pages/static-pages.ts'

export interface SiteOptions {
  readonly profile: IisProfile
  /** The number in the name of the log folder, W3SVC<id>. */
  readonly id: number
  /** Of every URL of the site. */
  readonly accessSslFlags: readonly AccessSslFlag[]
  /** The binding asks for a certificate in the first handshake. */
  readonly negotiateClientCertificate: boolean
  /** The site's own certificate. */
  readonly server: Identity
  readonly stores: MachineStores
  /** The parent of the log folder; private, and removed by its owner. */
  readonly directory: string
  /** A second binding, for plain HTTP. */
  readonly http?: boolean
  /** Epoch milliseconds. */
  readonly now?: () => number
  /** Called when the site can no longer do its work. */
  onFailure?(reason: string): void
}

export interface Site extends AsyncDisposable {
  readonly port: number
  /** null without the http binding. */
  readonly httpPort: number | null
  /** As StartedServer.serverLog. */
  serverLog(connection: ConnectionKey, signal: AbortSignal): Promise<ServerLogEntry | null>
}

/** @throws the system's error when a listener or the log folder cannot be had. */
export async function startSite(options: SiteOptions): Promise<Site> {
  const directory = join(options.directory, `W3SVC${options.id}`)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const site = new RunningSite(options, new SiteLog({ directory, software: options.profile.software }))
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
  readonly #now: () => number
  readonly #changes = new Changes()
  readonly #certificates = new WeakMap<Socket, ClientCertificate>()
  #https: Listener | null = null
  #http: Listener | null = null
  #disposed = false

  constructor(options: SiteOptions, log: SiteLog) {
    this.#options = options
    this.#log = log
    this.#now = options.now ?? Date.now
  }

  get port(): number {
    return this.#https?.port ?? 0
  }

  get httpPort(): number | null {
    return this.#http?.port ?? null
  }

  async listen(): Promise<void> {
    const { server, negotiateClientCertificate, stores, http = false } = this.#options
    this.#https = await listen({
      ...this.#listenerOptions(true),
      tls: schannelOptions({ server, negotiateClientCertificate }),
      onSecureConnection: (socket) => {
        const certificate = negotiateClientCertificate
          ? judgeClientCertificate(socket, stores, this.#now())
          : null
        if (certificate) this.#certificates.set(socket, certificate)
      },
    })
    if (http) this.#http = await listen({ ...this.#listenerOptions(false), tls: null })
  }

  async serverLog({ nonce, clientPort }: ConnectionKey, signal: AbortSignal): Promise<ServerLogEntry | null> {
    for (;;) {
      const record = this.#log.find(nonce)
      if (record) return serverLogEntry(record)
      if (signal.aborted || this.#disposed || this.#hasEnded(clientPort)) return null
      await this.#changes.next(signal)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true
    await Promise.all([this.#https?.[Symbol.asyncDispose](), this.#http?.[Symbol.asyncDispose]()])
    this.#log[Symbol.dispose]()
    this.#changes.notify()
  }

  #hasEnded(clientPort: number | null): boolean {
    if (clientPort === null) return false
    return [this.#https, this.#http].some((listener) => listener?.hasEnded(clientPort))
  }

  #listenerOptions(secure: boolean): Omit<ListenerOptions, 'tls'> {
    return {
      onRequest: (request, response) => this.#serve(request, response, secure),
      onConnectionEnd: () => this.#changes.notify(),
      onError: (error) => this.#fail(`a listener broke: ${error.message}`),
    }
  }

  #serve(request: IncomingMessage, response: ServerResponse, secure: boolean): void {
    const { accessSslFlags, profile } = this.#options
    const { socket } = request
    const startedAt = this.#now()
    const answer = answerTo({
      secure,
      accessSslFlags,
      clientCertificate: this.#certificates.get(socket) ?? null,
    })
    // Read now: a socket that has closed no longer knows its addresses.
    const known = {
      server: { ip: socket.localAddress, port: socket.localPort },
      clientIp: socket.remoteAddress,
      method: request.method,
      target: request.url,
      userAgent: request.headers['user-agent'],
      referer: request.headers.referer,
      username: null,
    }
    response.once('close', () => {
      const endedAt = this.#now()
      this.#append({
        ...known,
        endedAt,
        durationMs: endedAt - startedAt,
        status: answer.status,
        substatus: answer.substatus,
        hresult: answer.hresult,
      })
    })
    const page = staticPage(answer.status)
    response
      .writeHead(answer.status, {
        'Content-Type': 'text/html',
        'Content-Length': Buffer.byteLength(page),
        Server: profile.serverHeader,
      })
      .end(page)
  }

  #append(entry: Parameters<SiteLog['append']>[0]): void {
    try {
      this.#log.append(entry)
    } catch (error) {
      this.#fail(`the W3C log cannot be written: ${messageOf(error)}`)
    }
    this.#changes.notify()
  }

  #fail(reason: string): void {
    this.#options.onFailure?.(reason)
  }
}
