/** The handshake ladder: one short line for each message of a transcript, for reports that show it to people. */
import type { LadderStep } from '../model/event.ts'
import type { HandshakeMessage } from '../model/handshake-message.ts'
import type { Content, Transcript, TranscriptEntry } from '../model/transcript.ts'

export function ladderOf(transcript: Transcript): readonly LadderStep[] {
  return transcript.entries.map(stepOf)
}

function stepOf({ from, encrypted, content }: TranscriptEntry): LadderStep {
  return { from, encrypted, label: labelOf(content), detail: detailOf(content) }
}

function labelOf(content: Content): string {
  switch (content.kind) {
    case 'handshake':
      return rfcName(content.message.type)
    case 'alert':
      return 'Alert'
    case 'change_cipher_spec':
      return 'ChangeCipherSpec'
    case 'application_data':
      return 'application data'
    case 'opaque':
      return 'opaque'
  }
}

/** `certificate_request` is written CertificateRequest in the RFCs' text. */
function rfcName(type: HandshakeMessage['type']): string {
  return type
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

function detailOf(content: Content): string | null {
  switch (content.kind) {
    case 'handshake':
      return messageDetail(content.message)
    case 'alert':
      return `${content.alert.level} ${content.alert.description} (${content.alert.code})`
    case 'change_cipher_spec':
      return null
    case 'application_data':
      return `${firstLine(content.bytes)}(${content.bytes.length} bytes)`
    case 'opaque':
      return `${content.why} (${content.bytes.length} bytes)`
  }
}

function messageDetail(message: HandshakeMessage): string | null {
  switch (message.type) {
    case 'client_hello':
      return message.supportedVersions.join(', ')
    case 'server_hello':
    case 'hello_retry_request':
      return `${message.selectedVersion} ${message.cipherSuite}`
    case 'certificate_request':
      return `CA names: ${message.certificateAuthorities.map(({ text }) => text).join(' | ') || 'none'}`
    case 'certificate':
      return message.entries.length === 0 ? 'empty' : `chain of ${message.entries.length}`
    case 'certificate_verify':
      return message.signatureScheme
    default:
      return null
  }
}

/** The request or status line, when the bytes begin with one. */
function firstLine(bytes: Uint8Array): string {
  const line = /^[\x20-\x7e]{1,60}(?=[\r\n]|[\x20-\x7e]*\r\n)/.exec(
    Buffer.from(bytes.subarray(0, 200)).toString('latin1'),
  )?.[0]
  return line === undefined ? '' : `${line} `
}
