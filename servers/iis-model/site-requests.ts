/**
 * Takes every request of a site through pipeline, page and log, and gives it an answer or an end. Listening, and what
 * is known about a connection, is site.ts.
 */
import { messageOf } from '../../harness/model/errors.ts'
import type { SiteConfiguration } from './configuration/settings.ts'
import { addressesOf } from './http-sys/addresses.ts'
import type { Addresses } from './http-sys/addresses.ts'
import type { Connection, Connections } from './http-sys/connections.ts'
import { badRequest } from './http-sys/exchange.ts'
import type { Exchange } from './http-sys/exchange.ts'
import { pageAnswer } from './http-sys/page-answer.ts'
import { pipelineRequest } from './http-sys/pipeline-request.ts'
import { readRestOfBody } from './http-sys/rest-of-body.ts'
import type { TlsConnection } from './http-sys/tls-connection.ts'
import type { Machine } from './machine/machine.ts'
import { answerTo } from './pipeline/pipeline.ts'
import type { HttpAnswer, IisAnswer } from './pipeline/request.ts'
import type { Certificate } from './schannel/certificate.ts'
import type { W3cEntry } from './log/w3c-log.ts'

export interface SiteRequestsOptions {
  readonly machine: Machine
  readonly site: SiteConfiguration
  /** The site's own. */
  readonly server: Certificate
  readonly deniedByAcl: readonly string[]
  readonly connections: Connections
  /** Epoch milliseconds. */
  readonly now: () => number
  /** null: plain HTTP. */
  tlsOf(exchange: Exchange): TlsConnection | null
  onAnswered(entry: W3cEntry): void
  onFailure(reason: string): void
}

/** RFC 9113 §7. */
const HTTP_1_1_REQUIRED = 0xd
/** A client that sends more without an answer to any is not served; what HTTP.sys does is not published. */
const MAX_REQUESTS_AT_ONCE = 1000

export class SiteRequests {
  readonly #options: SiteRequestsOptions

  constructor(options: SiteRequestsOptions) {
    this.#options = options
  }

  /** Never rejects. A request that cannot be answered ends its connection: no answer is better than a made-up one. */
  async serve(exchange: Exchange): Promise<void> {
    const connection = this.#options.connections.connectionOf(exchange.socket)
    if (connection === null) return
    if (connection.requests >= MAX_REQUESTS_AT_ONCE) {
      connection.destroy()
      return
    }
    const release = connection.hold()
    try {
      await this.#serve(exchange, connection)
    } catch (error) {
      connection.destroy()
      this.#options.onFailure(`a request cannot be answered: ${messageOf(error)}`)
    } finally {
      release()
    }
  }

  async #serve(exchange: Exchange, connection: Connection): Promise<void> {
    const { machine, site, deniedByAcl, server, now } = this.#options
    const startedAt = now()
    const addresses = addressesOf(exchange.socket)
    const tls = this.#options.tlsOf(exchange)
    const request = pipelineRequest(exchange, { machine, site, deniedByAcl, tls })
    if (request === null) {
      exchange.send(badRequest)
      return
    }
    const answer = await answerTo(request)
    if (answer.kind !== 'http') {
      endUnanswered(answer.kind, exchange, connection)
      return
    }
    const rest = await readRestOfBody(exchange, answer)
    if (rest === 'endless') {
      connection.destroy()
      return
    }
    const page = await pageAnswer(answer, exchange, request, { machine, site, addresses, tls, server })
    exchange.send(rest === 'unread' ? { ...page, close: true } : page)
    await connection.orClosed(exchange.closed)
    this.#options.onAnswered(entryOf(answer, exchange, addresses, { startedAt, endedAt: now() }))
  }
}

/** None of these stands in the W3C log (inferred): no response was sent. */
function endUnanswered(
  kind: Exclude<IisAnswer['kind'], 'http'>,
  exchange: Exchange,
  connection: Connection,
): void {
  switch (kind) {
    case 'reset':
      connection.reset()
      return
    case 'http2-reset':
      exchange.resetStream(HTTP_1_1_REQUIRED)
      return
    case 'gone':
      connection.destroy()
      return
  }
}

function entryOf(
  answer: HttpAnswer,
  { method, target, headers }: Exchange,
  addresses: Addresses,
  { startedAt, endedAt }: { readonly startedAt: number; readonly endedAt: number },
): W3cEntry {
  return {
    endedAt,
    durationMs: endedAt - startedAt,
    server: { ip: addresses.localAddress, port: addresses.localPort },
    clientIp: addresses.remoteAddress,
    method,
    target,
    userAgent: headers['user-agent'],
    referer: headers.referer,
    username: answer.user?.name ?? null,
    status: answer.status,
    substatus: answer.substatus,
    hresult: answer.hresult,
  }
}
