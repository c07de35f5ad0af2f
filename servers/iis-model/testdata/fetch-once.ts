/** A plain HTTPS client for the tests of this folder. Not a client of the harness: nothing is tapped. */
import { request } from 'node:https'
import type { Identity } from '../../../harness/model/identity.ts'
import type { TlsVersion } from '../../../harness/model/tls.ts'

export interface TestRequest {
  readonly port: number
  readonly tls: TlsVersion
  readonly identity: Identity
  readonly serverCaPem: string
  readonly target: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface TestAnswer {
  readonly status: number | undefined
  readonly message: string | undefined
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
  readonly clientPort: number | null
}

/** One request on a connection of its own. */
export function fetchOnce(options: TestRequest): Promise<TestAnswer> {
  const { identity, tls } = options
  return new Promise((resolve, reject) => {
    let clientPort: number | null = null
    const sent = request(
      {
        host: '127.0.0.1',
        port: options.port,
        servername: 'localhost',
        path: options.target,
        headers: { ...options.headers },
        agent: false,
        ca: options.serverCaPem,
        minVersion: `TLSv${tls}`,
        maxVersion: `TLSv${tls}`,
        ...(identity.keyPem === null ? {} : { cert: identity.chainPem, key: identity.keyPem }),
      },
      (answer) => {
        let body = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk: string) => (body += chunk))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode,
            message: answer.statusMessage,
            headers: answer.headers,
            body,
            clientPort,
          }),
        )
      },
    )
    sent.on('socket', (socket) => socket.once('connect', () => (clientPort = socket.localPort ?? null)))
    sent.on('error', reject)
    sent.end()
  })
}
