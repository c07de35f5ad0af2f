/** A plain HTTPS client for the tests of this folder. Not a client of the harness: nothing is tapped. */
import { constants } from 'node:crypto'
import { request } from 'node:https'
import type { Agent, RequestOptions } from 'node:https'
import type { Identity } from '../../../harness/model/identity.ts'
import type { TlsVersion } from '../../../harness/model/tls.ts'

export interface TestRequest {
  readonly port: number
  readonly tls: TlsVersion
  readonly identity: Identity
  readonly serverCaPem: string
  readonly target: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | number>>
  /** The body; with `Expect`, sent when the server says so, or at once. */
  readonly body?: Uint8Array
  readonly doesNotWait?: true
  readonly refusesRenegotiation?: true
  readonly ciphers?: string
  /** For SNI; localhost, which the certificate is for, when absent. */
  readonly servername?: string
  /** Absent: a connection of its own. */
  readonly agent?: Agent
}

export interface TestAnswer {
  readonly status: number | undefined
  readonly message: string | undefined
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
  readonly clientPort: number | null
  readonly sawContinue: boolean
}

/** One request. Rejects when the connection ends without an answer. */
export function fetchOnce(options: TestRequest): Promise<TestAnswer> {
  const waits = options.headers?.['Expect'] !== undefined && !options.doesNotWait
  return new Promise((resolve, reject) => {
    let clientPort: number | null = null
    let sawContinue = false
    const sent = request(requestOptions(options), (answer) => {
      let body = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => (body += chunk))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({
          status: answer.statusCode,
          message: answer.statusMessage,
          headers: answer.headers,
          body,
          clientPort,
          sawContinue,
        }),
      )
    })
    sent.on('socket', (socket) => {
      if (socket.localPort !== undefined) clientPort = socket.localPort
      else socket.once('connect', () => (clientPort = socket.localPort ?? null))
    })
    sent.on('error', reject)
    sent.on('continue', () => {
      sawContinue = true
      if (waits) sent.end(options.body)
    })
    // Alone, so that the body is on its way when the server begins to deal with the request.
    if (options.headers?.['Expect'] !== undefined) sent.flushHeaders()
    if (!waits) sent.end(options.body)
  })
}

const requestOptions = (options: TestRequest): RequestOptions => ({
  host: '127.0.0.1',
  port: options.port,
  path: options.target,
  method: options.method ?? 'GET',
  headers: { ...options.headers },
  agent: options.agent ?? false,
  ...tlsClientOptions(options),
})

/** What of a request is about TLS, for tests that speak it themselves. */
export const tlsClientOptions = ({
  tls,
  identity,
  serverCaPem,
  refusesRenegotiation,
  ciphers,
  servername,
}: Pick<
  TestRequest,
  'tls' | 'identity' | 'serverCaPem' | 'refusesRenegotiation' | 'ciphers' | 'servername'
>) => ({
  servername: servername ?? 'localhost',
  ...(servername === undefined ? {} : { checkServerIdentity: () => undefined }),
  ca: serverCaPem,
  minVersion: `TLSv${tls}` as const,
  maxVersion: `TLSv${tls}` as const,
  ...(identity.keyPem === null ? {} : { cert: identity.chainPem, key: identity.keyPem }),
  ...(refusesRenegotiation ? { secureOptions: constants.SSL_OP_NO_RENEGOTIATION } : {}),
  ...(ciphers === undefined ? {} : { ciphers }),
})
