/**
 * One HTTP/1.1 request by undici over a socket that somebody else made. It listens as a dispatch handler: nothing is
 * ever paused (undici 7 throws where nobody can catch it when a server closes while its parser is paused, nodejs/undici
 * issue 5360), and there are no streams that a single small answer would have to pay for.
 */
import type { Socket } from 'node:net'
import { Client as HttpClient } from 'undici'
import type { HttpAnswer } from '../model/server.ts'
import { MAX_BODY_BYTES } from './http-answer.ts'
import type { HttpRequest } from './http-request.ts'

/** Made once: an error for each exchange would take a stack trace each. */
const DONE = new Error('the exchange is over')

/** The event with which a socket is ready for a request. */
const READY = { https: 'secureConnect', http: 'connect' } as const

export interface Origin {
  readonly scheme: keyof typeof READY
  readonly servername: string
  readonly port: number
}

/** Sends the request once the socket is ready. Rejects with whatever ended the connection before a whole answer. */
export async function exchange(socket: Socket, origin: Origin, request: HttpRequest): Promise<HttpAnswer> {
  const { scheme, servername, port } = origin
  const http = new HttpClient(`${scheme}://${servername}:${port}`, {
    connect: (_options, done) => {
      socket.once(READY[scheme], () => done(null, socket))
      socket.once('error', (error: Error) => done(error, null))
      socket.once('close', () => done(new Error('the server closed the connection in the handshake'), null))
    },
  })
  try {
    return await answerTo(http, request)
  } finally {
    await http.destroy(DONE).catch(() => undefined)
  }
}

function answerTo(http: HttpClient, { target, method, headers, body }: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const head = { status: 0, reason: '', headers: {} as Readonly<Record<string, string>> }
    const chunks: Buffer[] = []
    let lengthBytes = 0
    http.dispatch(
      { path: target, method, reset: true, headers: { ...headers }, body },
      {
        // undici takes a handler without it for one of its former kind.
        onRequestStart: () => undefined,
        onResponseStart: (_controller, status, headers, reason = '') => {
          const fields = Object.entries(headers).map(([name, value]) => [name, String(value)] as const)
          Object.assign(head, { status, reason, headers: Object.fromEntries(fields) })
        },
        onResponseData: (_controller, chunk) => {
          if (lengthBytes < MAX_BODY_BYTES) chunks.push(chunk)
          lengthBytes += chunk.length
        },
        onResponseEnd: () => {
          resolve({ ...head, body: Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString('utf8') })
        },
        onResponseError: (_controller, error) => reject(error),
      },
    )
  })
}
