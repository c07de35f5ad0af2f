/**
 * What HTTP.sys keeps of a connection's client certificate: that there is one, and the verdict on its chain.
 * The handshake has succeeded by then, whatever the verdict [schan-auth].
 */
import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { buildChain } from './chain.ts'
import { certificateCodes } from '../codes.ts'
import type { MachineStores } from '../machine/machine-stores.ts'
import { verdictOf } from './verdict.ts'

export interface ClientCertificate {
  /** HRESULT; S_OK for a good certificate. */
  readonly verdict: number
}

/** Bounds what one client can make the chain engine look at. */
const MAX_SENT = 64

/** null: the client sent none, or was not asked. */
export function judgeClientCertificate(
  socket: TLSSocket,
  stores: MachineStores,
  nowMs: number,
): ClientCertificate | null {
  try {
    const sent = certificatesSent(socket)
    return sent && { verdict: verdictOf(buildChain(sent, stores), nowMs) }
  } catch {
    // OpenSSL took it in the handshake, and node:crypto cannot make sense of it.
    return { verdict: certificateCodes.CERT_E_MALFORMED.hresult }
  }
}

/**
 * The Certificate message in its order. node:tls hands the chain out once only, for the first call takes it off the
 * session; as the server trusts nobody, nothing has been added or reordered.
 */
function certificatesSent(socket: TLSSocket): [Certificate, ...Certificate[]] | null {
  const endEntity = socket.getPeerX509Certificate()
  if (endEntity === undefined) return null
  const sent: [Certificate, ...Certificate[]] = [parseCertificate(endEntity)]
  for (let next = following(endEntity); next && sent.length < MAX_SENT; next = following(next)) {
    sent.push(parseCertificate(next))
  }
  return sent
}

/** `issuerCertificate` is simply the next certificate of the message, whoever issued what. */
const following = (x509: X509Certificate): X509Certificate | undefined => x509.issuerCertificate
