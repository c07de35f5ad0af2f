/**
 * The yardstick: node:tls and the least HTTP/1.1 that gets an answer, with the same identities against the same servers.
 * No tap, no key log, no dissecting, no log lines, no verdicts, no files. Its
 * secure contexts are kept for the length of a round, as ours are.
 */
import { randomBytes } from 'node:crypto'
import { connect, createSecureContext, DEFAULT_CIPHERS, type SecureContext } from 'node:tls'
import pLimit from 'p-limit'
import type { Pki } from '../harness/model/identity.ts'
import type { ConnectionKey } from '../harness/model/server.ts'
import type { TlsVersion } from '../harness/model/tls.ts'
import type { Cell } from '../harness/runner/matrix.ts'
import type { RunningServers } from './embedded-servers.ts'

export interface BareAnswer {
  readonly cell: Cell
  readonly connection: ConnectionKey
  /** null: the connection ended without an answer. */
  readonly status: number | null
}

export interface BareOptions {
  readonly cells: readonly Cell[]
  readonly pki: Pki
  readonly running: RunningServers
  readonly concurrency: number
  /**
   * true: as anybody would write it, node:tls checks the server's certificate; OpenSSL then also completes the client's
   * chain with the CA. false: nothing is checked, and the bytes of the handshake are those of our own client.
   */
  readonly checksServer: boolean
}

/** One connection for each cell, at most `concurrency` at a time. */
export async function bareAnswers(options: BareOptions): Promise<readonly BareAnswer[]> {
  const limit = pLimit(options.concurrency)
  const contexts = new Map<string, SecureContext>()
  const contextFor = ({ identity, tls }: Cell): SecureContext => {
    const key = `${identity} ${tls}`
    const context = contexts.get(key) ?? secureContext(options, identity, tls)
    contexts.set(key, context)
    return context
  }
  return await Promise.all(options.cells.map((cell) => limit(() => ask(cell, options, contextFor(cell)))))
}

function secureContext({ pki, checksServer }: BareOptions, name: string, tls: TlsVersion): SecureContext {
  const identity = pki.identities.get(name)
  return createSecureContext({
    ca: checksServer ? pki.authorities['root-a'].certificate.pem : [],
    ...(identity?.keyPem == null ? {} : { cert: identity.chainPem, key: identity.keyPem }),
    minVersion: `TLSv${tls}`,
    maxVersion: `TLSv${tls}`,
    ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0`,
  })
}

function ask(
  cell: Cell,
  { running, checksServer }: BareOptions,
  secureContext: SecureContext,
): Promise<BareAnswer> {
  const endpoint = running.endpoint(cell.server, cell.policy)
  return new Promise((resolve) => {
    const nonce = randomBytes(8).toString('hex')
    const chunks: Buffer[] = []
    let clientPort: number | null = null
    const socket = connect({
      ...endpoint,
      secureContext,
      rejectUnauthorized: checksServer,
      ALPNProtocols: ['http/1.1'],
    })
    socket.setNoDelay(true)
    socket.once('connect', () => {
      clientPort = socket.localPort ?? null
    })
    socket.once('secureConnect', () =>
      socket.write(
        `GET /?cell=${nonce} HTTP/1.1\r\nHost: ${endpoint.servername}\r\nConnection: close\r\n\r\n`,
      ),
    )
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.once('end', () => socket.destroy())
    // A refusal is an answer too.
    socket.on('error', () => undefined)
    socket.once('close', () =>
      resolve({
        cell,
        connection: { policy: cell.policy, nonce, clientPort },
        status: statusOf(Buffer.concat(chunks).toString('latin1')),
      }),
    )
  })
}

function statusOf(answer: string): number | null {
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]
  return status === undefined ? null : Number(status)
}
