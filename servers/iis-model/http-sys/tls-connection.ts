/**
 * One TLS connection and its client certificate: asked for in the first handshake, or later by renegotiation, once.
 * TLS 1.2: RFC 5246 §7.4.1.1 (HelloRequest); it is node:tls that renegotiates. Judging is schannel's.
 */
import type { CipherNameAndProtocol, TLSSocket } from 'node:tls'
import type { ClientCertificate } from '../schannel/client-certificate-context.ts'
import { cipherBits } from './cipher-bits.ts'

export interface TlsConnectionOptions {
  readonly http2: boolean
  readonly askedInHandshake: boolean
  /** How long a client may leave a HelloRequest without an answer. */
  readonly timeoutMs: number
  /** What the client sent in the handshake that has just ended, judged. Never rejects. */
  judge(socket: TLSSocket): Promise<ClientCertificate | null>
}

export class TlsConnection {
  readonly http2: boolean
  readonly #socket: TLSSocket
  readonly #options: TlsConnectionOptions
  readonly #tls13: boolean
  #asking: Promise<'asked' | 'gone'> | null = null
  #certificate: Promise<ClientCertificate | null> = Promise.resolve(null)
  #renegotiating = false

  /** To be made when the first handshake has ended. */
  constructor(socket: TLSSocket, options: TlsConnectionOptions) {
    this.#socket = socket
    this.#options = options
    this.http2 = options.http2
    this.#tls13 = socket.getProtocol() === 'TLSv1.3'
    if (options.askedInHandshake) {
      this.#asking = Promise.resolve('asked')
      this.#certificate = options.judge(socket)
    }
    // Each later handshake. One that the client began could have brought another certificate, and requests before and
    // after it would be two people's on one connection. node:tls cannot refuse it (it sets OpenSSL's
    // SSL_OP_ALLOW_CLIENT_RENEGOTIATION), so the connection ends with it: what IIS does is not published (inferred).
    socket.on('secure', () => {
      if (!this.#renegotiating) socket.destroy()
    })
  }

  /** The client was asked, or is being asked. */
  get asked(): boolean {
    return this.#asking !== null
  }

  /** The protocol itself allows to ask now. RFC 8446 §4.6.2 has a way too, which node:tls has not. */
  get canRenegotiate(): boolean {
    return !this.#tls13 && !this.http2
  }

  /** As node:tls says it, e.g. `TLSv1.2`. */
  get protocol(): string | null {
    return this.#socket.getProtocol()
  }

  /** The IANA name; empty after the end of the connection. */
  get cipherSuite(): string {
    const cipher = this.#socket.getCipher() as CipherNameAndProtocol | null
    return cipher?.standardName ?? ''
  }

  get cipherBits(): number {
    return cipherBits(this.cipherSuite)
  }

  /** null: none was sent, or none was asked for yet. */
  clientCertificate(): Promise<ClientCertificate | null> {
    return this.#certificate
  }

  /** Asks by renegotiation unless that has been done; requests that come together share one. gone: the connection has ended. */
  ask(): Promise<'asked' | 'gone'> {
    return (this.#asking ??= this.#renegotiate())
  }

  #renegotiate(): Promise<'asked' | 'gone'> {
    const socket = this.#socket
    return new Promise((resolve) => {
      // A client that refuses, with the alert no_renegotiation, makes OpenSSL end the connection: IIS ends it too,
      // without an HTTP answer [rustls1999] [vcert438]. One that keeps silent is waited for [rustls1999].
      const gone = () => {
        clearTimeout(timer)
        socket.destroy()
        resolve('gone')
      }
      const timer = setTimeout(gone, this.#options.timeoutMs)
      socket.once('close', gone)
      const answered = (error: Error | null) => {
        this.#renegotiating = false
        socket.off('close', gone)
        if (error) {
          gone()
          return
        }
        clearTimeout(timer)
        this.#certificate = this.#options.judge(socket)
        resolve('asked')
      }
      // Not from within the HTTP parser: renegotiate reads what has come, and the parser would be entered again.
      setImmediate(() => {
        this.#renegotiating = !socket.destroyed
        if (socket.destroyed) gone()
        else socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, answered)
      })
    })
  }
}
