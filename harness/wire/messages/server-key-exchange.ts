/**
 * ServerKeyExchange, up to TLS 1.2. RFC 5246 §7.4.3 (DHE), RFC 8422 §5.4 (ECDHE), RFC 4279 and RFC 5489 (PSK hints).
 * The group and the signature scheme are read; keys and signatures stay in `raw`.
 */
import type { ServerKeyExchange } from '../../model/handshake-message.ts'
import type { ByteReader } from '../byte-reader.ts'
import { namedGroupName } from '../named-groups.ts'
import { signatureSchemeName } from '../signature-schemes.ts'
import { namesSignatureScheme } from './message-context.ts'
import type { MessageContext } from './message-context.ts'

/** RFC 8422 §5.4: explicit curves are forbidden, so the others have no reader. */
const NAMED_CURVE = 3

export function decodeServerKeyExchange(
  body: ByteReader,
  raw: Uint8Array,
  context: MessageContext,
): ServerKeyExchange {
  const [, keyExchange = ''] = /^TLS_(.+)_WITH_/.exec(context.cipherSuite ?? '') ?? []
  if (keyExchange.includes('PSK')) body.vector(2, 'psk_identity_hint')
  const parameters = readParameters(body, keyExchange)
  const isSigned = parameters.understood && /^(EC)?DHE_(RSA|ECDSA|DSS)$/.test(keyExchange)
  const signatureScheme =
    isSigned && namesSignatureScheme(context) ? signatureSchemeName(body.uint(2, 'algorithm')) : null
  if (isSigned) body.vector(2, 'signature')
  else body.rest()
  return { type: 'server_key_exchange', raw, namedGroup: parameters.namedGroup, signatureScheme }
}

interface Parameters {
  readonly understood: boolean
  readonly namedGroup: string | null
}

function readParameters(body: ByteReader, keyExchange: string): Parameters {
  if (keyExchange.startsWith('ECDH')) {
    if (body.uint(1, 'curve_type') !== NAMED_CURVE) return { understood: false, namedGroup: null }
    const namedGroup = namedGroupName(body.uint(2, 'namedcurve'))
    body.vector(1, 'point', { minBytes: 1 })
    return { understood: true, namedGroup }
  }
  if (/^DH(E|_anon)/.test(keyExchange)) {
    for (const field of ['dh_p', 'dh_g', 'dh_Ys']) body.vector(2, field, { minBytes: 1 })
    return { understood: true, namedGroup: null }
  }
  return { understood: false, namedGroup: null }
}
