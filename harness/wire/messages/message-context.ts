/** What earlier messages settled and later messages are read by. */

export interface MessageContext {
  /** The negotiated version, e.g. `TLSv1.3`; null before the ServerHello. */
  readonly version: string | null
  /** The negotiated suite's IANA name; null before the ServerHello. */
  readonly cipherSuite: string | null
}

export const TLS13 = 'TLSv1.3'

/** SignatureAndHashAlgorithm came with TLS 1.2 (RFC 5246 §1.2); before, the key type alone said the algorithm. */
export function namesSignatureScheme({ version }: MessageContext): boolean {
  return version !== 'SSLv3' && version !== 'TLSv1' && version !== 'TLSv1.1'
}
