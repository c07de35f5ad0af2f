/**
 * A transcript for people: one line for each entry, the same bytes for the same transcript. Golden files are made of it.
 * `->` is sent by the client, `<-` by the server; `*` stands for record protection. Control and bidi characters that a
 * peer sent are escaped, so the text is safe on a terminal. Nothing is computed here that the transcript does not say.
 */
import type { HandshakeMessage } from '../model/handshake-message.ts'
import type { Content, Transcript, TranscriptEntry, TranscriptProblem } from '../model/transcript.ts'
import { handshakeTypeName } from './handshake-types.ts'
import { contentTypes } from './record.ts'

export function transcriptText({ version, cipherSuite, entries, problems }: Transcript): string {
  const lines = [
    `negotiated ${version ?? 'nothing'} ${cipherSuite ?? ''}`.trimEnd(),
    ...entries.map(entryLine),
    ...problems.map(problemLine),
  ]
  return lines.map((line) => `${printable(line)}\n`).join('')
}

const NAME_COLUMN = 20

function entryLine({ from, encrypted, content }: TranscriptEntry): string {
  const arrow = from === 'client' ? '->' : '<-'
  const name = content.kind === 'handshake' ? content.message.type : content.kind
  return `${arrow} ${encrypted ? '*' : ' '} ${name.padEnd(NAME_COLUMN)} ${contentFacts(content)}`.trimEnd()
}

function problemLine({ code, message, where }: TranscriptProblem): string {
  return `problem ${code}: ${message} (${where})`
}

function contentFacts(content: Content): string {
  switch (content.kind) {
    case 'handshake':
      return messageFacts(content.message).join('; ')
    case 'alert':
      return `${content.alert.level} ${content.alert.description} (${content.alert.code})`
    case 'change_cipher_spec':
      return ''
    case 'application_data':
      return bytesFact(content.bytes)
    case 'opaque':
      return `${contentTypeName(content.contentType)}, ${bytesFact(content.bytes)}: ${content.why}`
  }
}

/** The key facts of a message, each readable alone. */
function messageFacts(message: HandshakeMessage): readonly string[] {
  switch (message.type) {
    case 'client_hello':
      return [
        `versions ${list(message.supportedVersions)}`,
        fact('server_name', message.serverName),
        fact('alpn', list(message.applicationProtocols, '')),
        message.postHandshakeAuth ? 'post_handshake_auth' : '',
        `suites ${list(message.cipherSuites)}`,
        `schemes ${list(message.signatureSchemes)}`,
        extensionsFact(message.extensions),
      ].filter(Boolean)
    case 'server_hello':
      return [message.selectedVersion, message.cipherSuite, extensionsFact(message.extensions)]
    case 'hello_retry_request':
      return [message.selectedVersion, message.cipherSuite, extensionsFact(message.extensions)]
    case 'encrypted_extensions':
      return [fact('alpn', message.applicationProtocol), extensionsFact(message.extensions)].filter(Boolean)
    case 'certificate_request':
      return [
        contextFact(message.certificateRequestContext),
        fact('types', list(message.certificateTypes, '')),
        `schemes ${list(message.signatureSchemes)}`,
        `names ${list(message.certificateAuthorities.map(({ text }) => `"${text}"`))}`,
      ].filter(Boolean)
    case 'certificate':
      return [
        contextFact(message.certificateRequestContext),
        `chain of ${message.entries.length}`,
        fact(
          'bytes',
          list(
            message.entries.map(({ der }) => `${der.length}`),
            '',
          ),
        ),
      ].filter(Boolean)
    case 'certificate_verify':
      return [message.signatureScheme]
    case 'server_key_exchange':
      return [message.namedGroup ?? 'no named group', message.signatureScheme ?? 'no scheme']
    case 'new_session_ticket':
      return [`lifetime ${message.lifetimeSeconds} s`, bytesFact(message.ticket)]
    case 'key_update':
      return [message.requestUpdate ? 'update_requested' : 'update_not_requested']
    case 'finished':
      return [bytesFact(message.verifyData)]
    case 'unknown':
      return [handshakeTypeName(message.code), bytesFact(message.body), message.problem ?? ''].filter(Boolean)
    default:
      return [message.body.length === 0 ? '' : bytesFact(message.body)]
  }
}

function bytesFact(bytes: Uint8Array): string {
  return `${bytes.length} bytes`
}

function extensionsFact(extensions: readonly { readonly name: string }[]): string {
  return `extensions ${list(extensions.map(({ name }) => name))}`
}

/** In TLS 1.3 a context that is not empty marks post-handshake authentication. */
function contextFact(context: Uint8Array | null): string {
  return context === null || context.length === 0 ? '' : `context ${Buffer.from(context).toString('hex')}`
}

function fact(name: string, value: string | null): string {
  return value === null || value === '' ? '' : `${name} ${value}`
}

function list(values: readonly string[], none = 'none'): string {
  return values.length === 0 ? none : values.join(' ')
}

function contentTypeName(code: number): string {
  return Object.entries(contentTypes).find(([, value]) => value === code)?.[0] ?? `content type ${code}`
}

/** Names are escaped already, by RFC 4514; server names and protocols reach here as they were sent. */
function printable(line: string): string {
  return line.replace(
    /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
