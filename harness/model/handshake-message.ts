/**
 * Handshake messages as decoded values. RFC 8446 §4, RFC 5246 §7.4. Decoding is harness/wire/messages.
 * Whatever is not understood stays as opaque bytes; nothing is dropped.
 */

export interface Extension {
  /** IANA "TLS ExtensionType Values". */
  readonly type: number
  /** The IANA name, or `extension_<number>`. */
  readonly name: string
  readonly data: Uint8Array
}

/** A distinguished name as it stood on the wire. */
export interface EncodedName {
  readonly der: Uint8Array
  /** RFC 4514; `#<hex>` of the whole value when it is not a DER Name. */
  readonly text: string
}

interface Message<Type extends string> {
  readonly type: Type
  /** The handshake message with its four-byte header. */
  readonly raw: Uint8Array
}

export interface ClientHello extends Message<'client_hello'> {
  readonly legacyVersion: number
  readonly random: Uint8Array
  readonly sessionId: Uint8Array
  /** IANA names in the order offered, `cipher_<hex>` where unknown. */
  readonly cipherSuites: readonly string[]
  readonly extensions: readonly Extension[]
  readonly serverName: string | null
  /** e.g. `TLSv1.3`; the legacy version alone when the extension is absent. */
  readonly supportedVersions: readonly string[]
  readonly signatureSchemes: readonly string[]
  readonly applicationProtocols: readonly string[]
  readonly postHandshakeAuth: boolean
}

export interface ServerHello extends Message<'server_hello'> {
  readonly legacyVersion: number
  readonly random: Uint8Array
  readonly sessionId: Uint8Array
  readonly cipherSuite: string
  readonly extensions: readonly Extension[]
  /** e.g. `TLSv1.3`. */
  readonly selectedVersion: string
}

/** RFC 8446 §4.1.4: a ServerHello with the special random. */
export interface HelloRetryRequest extends Message<'hello_retry_request'> {
  readonly cipherSuite: string
  readonly extensions: readonly Extension[]
  readonly selectedVersion: string
}

export interface EncryptedExtensions extends Message<'encrypted_extensions'> {
  readonly extensions: readonly Extension[]
  readonly applicationProtocol: string | null
}

export interface CertificateRequest extends Message<'certificate_request'> {
  /** Empty in the handshake, otherwise post-handshake (TLS 1.3); null in TLS 1.2. */
  readonly certificateRequestContext: Uint8Array | null
  /** TLS 1.2 only, IANA names such as `rsa_sign`; empty in TLS 1.3. */
  readonly certificateTypes: readonly string[]
  readonly signatureSchemes: readonly string[]
  readonly certificateAuthorities: readonly EncodedName[]
  /** TLS 1.3 only. */
  readonly extensions: readonly Extension[]
}

export interface CertificateEntry {
  readonly der: Uint8Array
  /** TLS 1.3 only. */
  readonly extensions: readonly Extension[]
}

export interface Certificate extends Message<'certificate'> {
  /** TLS 1.3; null in TLS 1.2. */
  readonly certificateRequestContext: Uint8Array | null
  readonly entries: readonly CertificateEntry[]
}

export interface CertificateVerify extends Message<'certificate_verify'> {
  readonly signatureScheme: string
  readonly signature: Uint8Array
}

export interface ServerKeyExchange extends Message<'server_key_exchange'> {
  /** IANA "TLS Supported Groups"; null when the parameters are not a named curve. */
  readonly namedGroup: string | null
  readonly signatureScheme: string | null
}

export interface NewSessionTicket extends Message<'new_session_ticket'> {
  readonly lifetimeSeconds: number
  readonly ticket: Uint8Array
}

export interface KeyUpdate extends Message<'key_update'> {
  readonly requestUpdate: boolean
}

export interface Finished extends Message<'finished'> {
  readonly verifyData: Uint8Array
}

/** Messages whose body adds nothing here, and those that are unknown or could not be decoded. */
export interface PlainMessage extends Message<
  | 'hello_request'
  | 'server_hello_done'
  | 'client_key_exchange'
  | 'certificate_status'
  | 'end_of_early_data'
  | 'message_hash'
  | 'unknown'
> {
  /** IANA "TLS HandshakeType". */
  readonly code: number
  readonly body: Uint8Array
  /** Why a known type could not be decoded; null for the types listed above. */
  readonly problem: string | null
}

export type HandshakeMessage =
  | ClientHello
  | ServerHello
  | HelloRetryRequest
  | EncryptedExtensions
  | CertificateRequest
  | Certificate
  | CertificateVerify
  | ServerKeyExchange
  | NewSessionTicket
  | KeyUpdate
  | Finished
  | PlainMessage
