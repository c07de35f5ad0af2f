/**
 * One HTTP/2 request by node:http2 over a TLS socket that somebody else made. RFC 9113. A stream that the server
 * resets is an answer of its kind: its error code is reported, and nothing is tried again over HTTP/1.1.
 */
import { once } from 'node:events'
import { connect as connectHttp2, constants, type ClientHttp2Session } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { HarnessError } from '../model/errors.ts'
import type { HttpAnswer } from '../model/server.ts'
import { MAX_BODY_BYTES } from './http-answer.ts'
import type { Origin } from './http-exchange.ts'
import type { HttpRequest } from './http-request.ts'

/** RFC 9113 §7, in the order of their numbers. */
const errorCodes = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
] as const

export interface Http2Outcome {
  /** null: no whole answer. */
  readonly http: HttpAnswer | null
  /** The error code that the server reset the stream with. */
  readonly reset: string | null
}

/** Sends the request once the handshake is done. Rejects with whatever ended the connection before either came. */
export async function exchangeHttp2(
  tls: TLSSocket,
  origin: Origin,
  request: HttpRequest,
): Promise<Http2Outcome> {
  await handshake(tls)
  if (tls.alpnProtocol !== 'h2') {
    throw new HarnessError('ERR_NO_HTTP2', 'the server did not choose h2 (ALPN, RFC 7301)')
  }
  const session = connectHttp2(`https://${origin.servername}:${origin.port}`, { createConnection: () => tls })
  try {
    return await outcomeOf(session, tls, request)
  } finally {
    session.destroy()
  }
}

async function handshake(tls: TLSSocket): Promise<void> {
  const closed = new Promise<never>((_resolve, reject) => {
    tls.once('close', () => reject(new Error('the server closed the connection in the handshake')))
  })
  await Promise.race([once(tls, 'secureConnect'), closed])
}

function outcomeOf(session: ClientHttp2Session, tls: TLSSocket, request: HttpRequest): Promise<Http2Outcome> {
  const { target, method, headers, body } = request
  return new Promise((resolve, reject) => {
    let failure: Error | null = null
    session.on('error', (error: Error) => {
      failure ??= error
    })
    const stream = session.request(
      { ...headers, ':method': method, ':path': target, ...lengthOf(body) },
      { endStream: body === null },
    )
    let head: Omit<HttpAnswer, 'body'> | null = null
    const chunks: Buffer[] = []
    let lengthBytes = 0
    stream.on('response', (fields) => {
      // RFC 9113 §8.3.1: HTTP/2 has no reason phrase.
      head = { status: fields[':status'] ?? 0, reason: '', headers: ordinary(fields) }
    })
    stream.on('data', (chunk: Buffer) => {
      if (lengthBytes < MAX_BODY_BYTES) chunks.push(chunk)
      lengthBytes += chunk.length
    })
    stream.on('end', () => {
      // A stream that is reset ends too. A whole one may stay open: the server need not take the rest of the body.
      if (head === null || stream.rstCode !== constants.NGHTTP2_NO_ERROR) return
      const text = Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString('utf8')
      resolve({ http: { ...head, body: text }, reset: null })
    })
    // 'close' follows, and rstCode says more.
    stream.on('error', (error: Error) => {
      failure ??= error
    })
    stream.on('close', () => {
      if (wasReset(stream.rstCode, session, tls)) resolve({ http: null, reset: nameOf(stream.rstCode) })
      else reject(failure ?? new Error('the server closed the connection before a whole answer'))
    })
    if (body !== null) stream.end(body)
  })
}

/** node:http2 closes the streams of a lost connection itself, with CANCEL or INTERNAL_ERROR: no frame said so. */
function wasReset(code: number, session: ClientHttp2Session, tls: TLSSocket): boolean {
  return code !== constants.NGHTTP2_NO_ERROR && !session.destroyed && !tls.destroyed
}

function nameOf(code: number): string {
  return errorCodes[code] ?? `error code ${code}`
}

function lengthOf(body: Buffer | null): Readonly<Record<string, string>> {
  return body === null ? {} : { 'content-length': String(body.length) }
}

/** Without the pseudo-header fields of RFC 9113 §8.3. */
function ordinary(fields: object): Readonly<Record<string, string>> {
  const named = Object.entries(fields).filter(([name]) => !name.startsWith(':'))
  return Object.fromEntries(named.map(([name, value]) => [name, String(value)]))
}
