import t from 'tap'
import type { HandshakeMessage } from '../model/handshake-message.ts'
import type { Content } from '../model/transcript.ts'
import { ladderOf } from './ladder.ts'
import { certificate, certificateRequest, entry, finished, transcript } from './testdata/values.ts'

const raw = new Uint8Array()

const said = (message: HandshakeMessage): Content => ({ kind: 'handshake', message })
const data = (text: string): Content => ({ kind: 'application_data', bytes: Buffer.from(text, 'latin1') })

const serverHello = {
  ...{ raw, legacyVersion: 0x0303, random: raw, sessionId: raw, extensions: [] },
  ...{ cipherSuite: 'TLS_AES_128_GCM_SHA256', selectedVersion: 'TLSv1.3' },
} as const

const clientHello: HandshakeMessage = {
  ...{ type: 'client_hello', raw, legacyVersion: 0x0303, random: raw, sessionId: raw, cipherSuites: [] },
  ...{ extensions: [], serverName: null, supportedVersions: ['TLSv1.3', 'TLSv1.2'], signatureSchemes: [] },
  ...{ applicationProtocols: [], postHandshakeAuth: false },
}

const steps: readonly (readonly [content: Content, label: string, detail: string | null])[] = [
  [said(clientHello), 'ClientHello', 'TLSv1.3, TLSv1.2'],
  [said({ type: 'server_hello', ...serverHello }), 'ServerHello', 'TLSv1.3 TLS_AES_128_GCM_SHA256'],
  [
    said({ type: 'hello_retry_request', ...serverHello }),
    'HelloRetryRequest',
    'TLSv1.3 TLS_AES_128_GCM_SHA256',
  ],
  [said(certificateRequest()), 'CertificateRequest', 'CA names: none'],
  [said(certificateRequest('CN=a', 'CN=b')), 'CertificateRequest', 'CA names: CN=a | CN=b'],
  [said(certificate(0)), 'Certificate', 'empty'],
  [said(certificate(2)), 'Certificate', 'chain of 2'],
  [
    said({ type: 'certificate_verify', raw, signatureScheme: 'ed25519', signature: raw }),
    'CertificateVerify',
    'ed25519',
  ],
  [said(finished), 'Finished', null],
  [said({ type: 'unknown', raw, code: 99, body: raw, problem: null }), 'Unknown', null],
  [{ kind: 'change_cipher_spec' }, 'ChangeCipherSpec', null],
  [
    { kind: 'alert', alert: { level: 'fatal', description: 'unknown_ca', code: 48 } },
    'Alert',
    'fatal unknown_ca (48)',
  ],
  [
    { kind: 'opaque', contentType: 23, bytes: Buffer.from('abc'), why: 'no key' },
    'opaque',
    'no key (3 bytes)',
  ],
  [data('GET / HTTP/1.1\r\nHost: x\r\n\r\n'), 'application data', 'GET / HTTP/1.1 (27 bytes)'],
  [data('HTTP/1.1 403 Forbidden\n'), 'application data', 'HTTP/1.1 403 Forbidden (23 bytes)'],
  [data('no line end'), 'application data', '(11 bytes)'],
  [data(''), 'application data', '(0 bytes)'],
  [data('\u001b[31mred\r\n'), 'application data', '(10 bytes)'],
  [data(`GET /${'a'.repeat(100)} HTTP/1.1\r\n`), 'application data', `GET /${'a'.repeat(55)} (116 bytes)`],
]

for (const [content, label, detail] of steps) {
  t.test(`${label}: ${detail ?? 'nothing more'}`, async (t) => {
    t.strictSame(ladderOf(transcript(entry('client', content))), [
      { from: 'client', encrypted: true, label, detail },
    ])
  })
}

t.test('one step for each entry, in order', async (t) => {
  const contents = steps.map(([content]) => content)
  const labels = steps.map(([, label]) => label)
  t.strictSame(
    ladderOf(transcript(...contents.map((content) => entry('server', content)))).map(({ label }) => label),
    labels,
  )
  t.strictSame(ladderOf(transcript()), [])
})
