/**
 * One HTTP request by undici over a TLS socket that somebody else made. It listens as a dispatch handler: nothing is
 * ever paused (undici 7 throws where nobody can catch it when a server closes while its parser is paused, nodejs/undici
 * issue 5360), and there are no streams that a single small answer would have to pay for.
 */
import type { TLSSocket } from 'node:tls'
import { Client as HttpClient } from 'undici'
import type { HttpAnswer } from '../model/server.ts'
import { MAX_BODY_BYTES } from './http-answer.ts'

/** Made once: an error for each exchange would take a stack trace each. */
const DONE = new Error('the exchange is over')

export interface Exchange {
  readonly servername: string
  readonly port: number
  /** The origin-form request target. */
  readonly target: string
}

/** Sends the request once the handshake is done. Rejects with whatever ended the connection before a whole answer. */
export async function exchange(tls: TLSSocket, { servername, port, target }: Exchange): Promise<HttpAnswer> {
  const http = new HttpClient(`https://${servername}:${port}`, {
    connect: (_options, done) => {
      tls.once('secureConnect', () => done(null, tls))
      tls.once('error', (error: Error) => done(error, null))
      tls.once('close', () => done(new Error('the server closed the connection in the handshake'), null))
    },
  })
  try {
    return await answerTo(http, target)
  } finally {
    await http.destroy(DONE).catch(() => undefined)
  }
}

function answerTo(http: HttpClient, target: string): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const head = { status: 0, reason: '', headers: {} as Readonly<Record<string, string>> }
    const body: Buffer[] = []
    let lengthBytes = 0
    http.dispatch(
      { path: target, method: 'GET', reset: true, headers: { 'user-agent': 'countersign' } },
      {
        // undici takes a handler without it for one of its former kind.
        onRequestStart: () => undefined,
        onResponseStart: (_controller, status, headers, reason = '') => {
          const fields = Object.entries(headers).map(([name, value]) => [name, String(value)] as const)
          Object.assign(head, { status, reason, headers: Object.fromEntries(fields) })
        },
        onResponseData: (_controller, chunk) => {
          if (lengthBytes < MAX_BODY_BYTES) body.push(chunk)
          lengthBytes += chunk.length
        },
        onResponseEnd: () => {
          resolve({ ...head, body: Buffer.concat(body).subarray(0, MAX_BODY_BYTES).toString('utf8') })
        },
        onResponseError: (_controller, error) => reject(error),
      },
    )
  })
}
