import t from 'tap'
import type { Content, Transcript } from '../model/transcript.ts'
import { clientHello, extension, handshake, hex, uint, vector } from './testdata/encode.ts'
import { decodeMessage } from './messages/decode-message.ts'
import { transcriptText } from './transcript-text.ts'

const empty: Transcript = { entries: [], version: null, cipherSuite: null, problems: [] }

function line(content: Content, encrypted = false): string {
  const text = transcriptText({ ...empty, entries: [{ from: 'server', encrypted, flowOffset: 0, content }] })
  return text.split('\n')[1] ?? ''
}

const message = (raw: Uint8Array): Content => ({
  kind: 'handshake',
  message: decodeMessage(raw, { version: 'TLSv1.3', cipherSuite: null }),
})

const lines: readonly { readonly name: string; readonly content: Content; readonly text: string }[] = [
  {
    name: 'an alert',
    content: { kind: 'alert', alert: { level: 'fatal', description: 'unknown_ca', code: 48 } },
    text: '<-   alert                fatal unknown_ca (48)',
  },
  { name: 'change_cipher_spec', content: { kind: 'change_cipher_spec' }, text: '<-   change_cipher_spec' },
  {
    name: 'application data',
    content: { kind: 'application_data', bytes: hex('aabb') },
    text: '<-   application_data     2 bytes',
  },
  {
    name: 'opaque bytes',
    content: { kind: 'opaque', contentType: 23, bytes: hex('aa'), why: 'no key' },
    text: '<-   opaque               application_data, 1 bytes: no key',
  },
  {
    name: 'opaque bytes of another protocol',
    content: { kind: 'opaque', contentType: 71, bytes: hex('47'), why: 'x' },
    text: '<-   opaque               content type 71, 1 bytes: x',
  },
  {
    name: 'a message that could not be decoded',
    content: message(handshake(24, hex('07'))),
    text: '<-   unknown              key_update; 1 bytes; request_update is 7, expected 0 or 1 (RFC 8446 §4.6.3)',
  },
  {
    name: 'a post-handshake CertificateRequest without names',
    content: message(handshake(13, vector(1, hex('c0de')), vector(2, extension(13, hex('0002 0403'))))),
    text: '<-   certificate_request  context c0de; schemes ecdsa_secp256r1_sha256; names none',
  },
  {
    name: 'no client certificate',
    content: message(handshake(11, vector(1), vector(3))),
    text: '<-   certificate          chain of 0',
  },
  {
    name: 'CertificateVerify',
    content: message(handshake(15, uint(2, 0x0807), vector(2, hex('aa')))),
    text: '<-   certificate_verify   ed25519',
  },
]

for (const { name, content, text } of lines) {
  t.test(name, async (t) => t.equal(line(content), text))
}

t.test('direction, protection, negotiation and problems', async (t) => {
  const text = transcriptText({
    version: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    entries: [{ from: 'client', encrypted: true, flowOffset: 0, content: { kind: 'change_cipher_spec' } }],
    problems: [{ code: 'ERR_TRUNCATED', message: 'short', where: 'client flow, record at byte 6' }],
  })
  t.equal(
    text,
    'negotiated TLSv1.3 TLS_AES_128_GCM_SHA256\n' +
      '-> * change_cipher_spec\n' +
      'problem ERR_TRUNCATED: short (client flow, record at byte 6)\n',
  )
  t.equal(transcriptText(empty), 'negotiated nothing\n')
})

t.test('what a peer sent cannot steer a terminal or break a line', async (t) => {
  const hostName = Buffer.from('a\x1b[31m\nb\x9b', 'latin1')
  const serverName = extension(0, vector(2, hex('00'), vector(2, hostName)))
  const text = line(message(clientHello({ extensions: [serverName] })))
  t.match(text, 'server_name a\\u{1b}[31m\\u{a}b\\u{9b};')
  const name = hex('3010310e300c06035504030c0561e280ae62')
  const request = handshake(13, vector(1), vector(2, extension(47, vector(2, vector(2, name)))))
  t.match(line(message(request)), 'names "CN=a\\E2\\80\\AEb"')
})
