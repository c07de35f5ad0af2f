/**
 * Step 6 of the pipeline: a URL asks for the client certificate, and the connection may not have asked for it yet.
 * The steps of the README; what the pipeline answers to each result is its own.
 */
import type { IisProfile } from '../profiles.ts'
import type { Negotiation } from '../pipeline/request.ts'
import type { Exchange } from './exchange.ts'
import type { TlsConnection } from './tls-connection.ts'

export interface LateNegotiation {
  readonly connection: TlsConnection
  readonly exchange: Pick<Exchange, 'body' | 'expectsContinue'>
  readonly uploadReadAheadSize: number
  readonly withoutPostHandshakeAuth: IisProfile['withoutPostHandshakeAuth']
}

export async function negotiate(late: LateNegotiation): Promise<Negotiation> {
  const { connection, exchange, uploadReadAheadSize } = late
  // A certificate that is known makes the size of the body irrelevant [waws].
  if (connection.asked) return await connection.ask()
  if (connection.http2) return 'http2'
  // The client's post_handshake_auth extension makes no difference here, because node:tls cannot use it: a client
  // that has it is treated like one without, where the real IIS would ask it [jenkins].
  if (!connection.canRenegotiate) return late.withoutPostHandshakeAuth ?? 'reset'
  // A client that waits for 100-continue is asked before it sends its body [waws].
  if (exchange.expectsContinue) return await askWhileReading(late)
  const read = await exchange.body.read(uploadReadAheadSize)
  if (read === 'whole') return await connection.ask()
  return read === 'larger' ? 'too-large' : 'gone'
}

/** The client need not wait (RFC 9110 §10.1.1): one that sends more than is read ahead is like any other. */
async function askWhileReading({
  connection,
  exchange,
  uploadReadAheadSize,
}: LateNegotiation): Promise<Negotiation> {
  const asked = connection.ask()
  // What it announces says nothing while it waits: only what comes counts.
  const read = exchange.body.readWhatComes(uploadReadAheadSize)
  return await Promise.race([asked, read.then((read) => (read === 'larger' ? 'too-large' : asked))])
}
