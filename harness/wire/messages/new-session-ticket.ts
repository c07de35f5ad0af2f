/** NewSessionTicket. RFC 8446 §4.6.1, RFC 5077 §3.3. */
import type { NewSessionTicket } from '../../model/handshake-message.ts'
import type { ByteReader } from '../byte-reader.ts'
import { readExtensions } from '../extensions/extension-list.ts'
import { TLS13 } from './message-context.ts'
import type { MessageContext } from './message-context.ts'

export function decodeNewSessionTicket(
  body: ByteReader,
  raw: Uint8Array,
  { version }: MessageContext,
): NewSessionTicket {
  const lifetimeSeconds = body.uint(4, 'ticket_lifetime')
  if (version !== TLS13) {
    return { type: 'new_session_ticket', raw, lifetimeSeconds, ticket: body.vector(2, 'ticket') }
  }
  body.uint(4, 'ticket_age_add')
  body.vector(1, 'ticket_nonce')
  const ticket = body.vector(2, 'ticket', { minBytes: 1 })
  readExtensions(body)
  return { type: 'new_session_ticket', raw, lifetimeSeconds, ticket }
}
