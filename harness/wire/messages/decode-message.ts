/**
 * One handshake message from its bytes: a table from type to decoder. RFC 8446 §4, RFC 5246 §7.4.
 * Never throws: a message that cannot be decoded stays as bytes, with the reason.
 */
import { HarnessError } from '../../model/errors.ts'
import type { HandshakeMessage, PlainMessage } from '../../model/handshake-message.ts'
import { ByteReader } from '../byte-reader.ts'
import { HANDSHAKE_HEADER_BYTES } from '../handshake.ts'
import { handshakeTypeName } from '../handshake-types.ts'
import { decodeCertificate } from './certificate.ts'
import { decodeCertificateRequest } from './certificate-request.ts'
import { decodeCertificateVerify } from './certificate-verify.ts'
import { decodeClientHello } from './client-hello.ts'
import { decodeEncryptedExtensions } from './encrypted-extensions.ts'
import { decodeFinished } from './finished.ts'
import { decodeKeyUpdate } from './key-update.ts'
import type { MessageContext } from './message-context.ts'
import { decodeNewSessionTicket } from './new-session-ticket.ts'
import { decodeServerHello } from './server-hello.ts'
import { decodeServerKeyExchange } from './server-key-exchange.ts'

type Decoder = (body: ByteReader, raw: Uint8Array, context: MessageContext) => HandshakeMessage

const decoders: ReadonlyMap<number, Decoder> = new Map<number, Decoder>([
  [0, plain('hello_request')],
  [1, decodeClientHello],
  [2, decodeServerHello],
  [4, decodeNewSessionTicket],
  [5, plain('end_of_early_data')],
  [8, decodeEncryptedExtensions],
  [11, decodeCertificate],
  [12, decodeServerKeyExchange],
  [13, decodeCertificateRequest],
  [14, plain('server_hello_done')],
  [15, decodeCertificateVerify],
  [16, plain('client_key_exchange')],
  [20, decodeFinished],
  [22, plain('certificate_status')],
  [24, decodeKeyUpdate],
  [254, plain('message_hash')],
])

/** @param raw the message with its four-byte header, whole. */
export function decodeMessage(raw: Uint8Array, context: MessageContext): HandshakeMessage {
  const [code = 0] = raw
  const body = raw.subarray(HANDSHAKE_HEADER_BYTES)
  try {
    const reader = new ByteReader(body, handshakeTypeName(code))
    const message = (decoders.get(code) ?? plain('unknown'))(reader, raw, context)
    reader.end()
    return message
  } catch (thrown) {
    if (!(thrown instanceof HarnessError)) throw thrown
    return { type: 'unknown', raw, code, body, problem: thrown.message }
  }
}

function plain(type: PlainMessage['type']): Decoder {
  return (body, raw) => ({ type, raw, code: raw[0] ?? 0, body: body.rest(), problem: null })
}
