/** The client's Certificate message, as OpenSSL has it after the handshake. */
import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'

/**
 * Bounds what one client can make the chain engine look at. The message itself is bounded by OpenSSL, which ends the
 * handshake beyond 100 kB. Schannel does so beyond MessageLimitServerClientAuth, 32 kB by default [schreg]: not played.
 */
const MAX_SENT = 64

/**
 * In the order of the message; none when the client sent none, or was not asked. Ask once for each handshake: the
 * first call takes the chain off OpenSSL's session. Nothing has been added or reordered, because OpenSSL has no
 * certificate that it could take for an issuer (name-holder.ts).
 */
export function certificatesSent(socket: TLSSocket): X509Certificate[] {
  const sent: X509Certificate[] = []
  // `issuerCertificate` is simply the next certificate of the message, whoever issued what.
  for (
    let next = socket.getPeerX509Certificate();
    next && sent.length < MAX_SENT;
    next = next.issuerCertificate
  ) {
    sent.push(next)
  }
  return sent
}
