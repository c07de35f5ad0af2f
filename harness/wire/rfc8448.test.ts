/** The example handshakes of RFC 8448, dissected: what the RFC says each record holds, message by message. */
import { createHash, X509Certificate } from 'node:crypto'
import t from 'tap'
import type { Segment } from '../model/capture.ts'
import type { HandshakeMessage } from '../model/handshake-message.ts'
import type { Content, Transcript } from '../model/transcript.ts'
import { dissect } from './dissect.ts'
import { readTrace } from './testdata/read-trace.ts'

function segmentsOf(name: string): readonly Segment[] {
  return readTrace(name).records.map(({ from, bytes }) => ({ from, bytes }))
}

function dissectTrace(name: string): Transcript {
  return dissect(segmentsOf(name), readTrace(name).keyLog)
}

/** One word for an entry: the message type, or what else it is. */
function nameOf(content: Content): string {
  if (content.kind === 'handshake') return content.message.type
  if (content.kind === 'alert') return `${String(content.alert.level)} ${content.alert.description}`
  return content.kind
}

/** `C` and `S` are the sides, `*` is record protection. */
function ladder({ entries }: Transcript): readonly string[] {
  return entries.map(
    ({ from, encrypted, content }) =>
      `${from === 'client' ? 'C' : 'S'}${encrypted ? '*' : ' '} ${nameOf(content)}`,
  )
}

function messageOf<Type extends HandshakeMessage['type']>(
  transcript: Transcript,
  from: 'client' | 'server',
  type: Type,
): Extract<HandshakeMessage, { readonly type: Type }> {
  for (const entry of transcript.entries) {
    if (entry.from !== from || entry.content.kind !== 'handshake') continue
    const { message } = entry.content
    if (isOfType(message, type)) return message
  }
  throw new Error(`the ${from} sent no ${type}`)
}

function isOfType<Type extends HandshakeMessage['type']>(
  message: HandshakeMessage,
  type: Type,
): message is Extract<HandshakeMessage, { readonly type: Type }> {
  return message.type === type
}

const traces = {
  'rfc8448-3-simple-1-rtt': [
    'C  client_hello',
    'S  server_hello',
    'S* encrypted_extensions',
    'S* certificate',
    'S* certificate_verify',
    'S* finished',
    'C* finished',
    'S* new_session_ticket',
    'C* application_data',
    'S* application_data',
    'C* warning close_notify',
    'S* warning close_notify',
  ],
  'rfc8448-5-hello-retry-request': [
    'C  client_hello',
    'S  hello_retry_request',
    'C  client_hello',
    'S  server_hello',
    'S* encrypted_extensions',
    'S* certificate',
    'S* certificate_verify',
    'S* finished',
    'C* finished',
    'C* warning close_notify',
    'S* warning close_notify',
  ],
  'rfc8448-6-client-authentication': [
    'C  client_hello',
    'S  server_hello',
    'S* encrypted_extensions',
    'S* certificate_request',
    'S* certificate',
    'S* certificate_verify',
    'S* finished',
    'C* certificate',
    'C* certificate_verify',
    'C* finished',
    'C* warning close_notify',
    'S* warning close_notify',
  ],
  'rfc8448-7-compatibility-mode': [
    'C  client_hello',
    'S  server_hello',
    'S  change_cipher_spec',
    'S* encrypted_extensions',
    'S* certificate',
    'S* certificate_verify',
    'S* finished',
    'C  change_cipher_spec',
    'C* finished',
    'C* warning close_notify',
    'S* warning close_notify',
  ],
} as const

for (const [name, expected] of Object.entries(traces)) {
  t.test(`${name}: the messages in the order sent`, async (t) => {
    const transcript = dissectTrace(name)
    t.strictSame(ladder(transcript), expected)
    t.strictSame(transcript.problems, [])
    t.equal(transcript.version, 'TLSv1.3')
    t.equal(transcript.cipherSuite, 'TLS_AES_128_GCM_SHA256')
  })

  t.test(`${name}: without a key log only what is in the clear`, async (t) => {
    const clear = expected.filter((line) => !line.includes('*'))
    const transcript = dissect(segmentsOf(name), '')
    t.strictSame(
      ladder(transcript).filter((line) => !line.endsWith(' opaque')),
      clear,
    )
  })
}

t.test('§3: the application data is the fifty bytes of the RFC, both ways', async (t) => {
  const { entries } = dissectTrace('rfc8448-3-simple-1-rtt')
  const data = entries.flatMap(({ content }) => (content.kind === 'application_data' ? [content.bytes] : []))
  const expected = Buffer.from(Array.from({ length: 50 }, (_, index) => index)).toString('hex')
  t.strictSame(
    data.map((bytes) => Buffer.from(bytes).toString('hex')),
    [expected, expected],
  )
})

t.test('§3: the ticket lives for thirty seconds', async (t) => {
  const { lifetimeSeconds, ticket } = messageOf(
    dissectTrace('rfc8448-3-simple-1-rtt'),
    'server',
    'new_session_ticket',
  )
  t.equal(lifetimeSeconds, 30)
  t.equal(ticket.length, 178)
})

t.test('§5: HelloRetryRequest is told from ServerHello by its random', async (t) => {
  const transcript = dissectTrace('rfc8448-5-hello-retry-request')
  const retry = messageOf(transcript, 'server', 'hello_retry_request')
  t.equal(retry.cipherSuite, 'TLS_AES_128_GCM_SHA256')
  t.strictSame(
    retry.extensions.map(({ name }) => name),
    ['key_share', 'cookie', 'supported_versions'],
  )
  // RFC 8446 §4.1.3: the SHA-256 of "HelloRetryRequest".
  const special = createHash('sha256').update('HelloRetryRequest').digest('hex')
  t.equal(Buffer.from(retry.raw.subarray(6, 38)).toString('hex'), special)
})

const RSA_AND_ECDSA = [
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'ecdsa_secp521r1_sha512',
  'ecdsa_sha1',
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  'rsa_pkcs1_sha256',
  'rsa_pkcs1_sha384',
  'rsa_pkcs1_sha512',
  'rsa_pkcs1_sha1',
]

t.test('§6: CertificateRequest names signature schemes and no authorities', async (t) => {
  const request = messageOf(dissectTrace('rfc8448-6-client-authentication'), 'server', 'certificate_request')
  t.equal(request.certificateRequestContext?.length, 0)
  t.strictSame(request.signatureSchemes.slice(0, RSA_AND_ECDSA.length), RSA_AND_ECDSA)
  t.equal(request.signatureSchemes.length, 15)
  t.strictSame(request.certificateAuthorities, [])
  t.strictSame(request.certificateTypes, [])
  t.strictSame(
    request.extensions.map(({ name }) => name),
    ['signature_algorithms'],
  )
})

t.test('§6: both certificates are there, each with a signature of its key type', async (t) => {
  const transcript = dissectTrace('rfc8448-6-client-authentication')
  for (const [from, subject, keyType, scheme, length] of [
    ['server', 'CN=ecdsa256', 'ec', 'ecdsa_secp256r1_sha256', 71],
    ['client', 'CN=client', 'rsa', 'rsa_pss_rsae_sha256', 128],
  ] as const) {
    const { entries, certificateRequestContext } = messageOf(transcript, from, 'certificate')
    t.equal(entries.length, 1, from)
    t.equal(certificateRequestContext?.length, 0)
    const certificate = new X509Certificate(entries[0]!.der)
    t.equal(certificate.subject, subject)
    t.equal(certificate.publicKey.asymmetricKeyType, keyType)
    const { signatureScheme, signature } = messageOf(transcript, from, 'certificate_verify')
    t.equal(signatureScheme, scheme)
    t.equal(signature.length, length)
    t.equal(messageOf(transcript, from, 'finished').verifyData.length, 32)
  }
})

t.test('§7: the session id of compatibility mode is echoed', async (t) => {
  const transcript = dissectTrace('rfc8448-7-compatibility-mode')
  const { sessionId } = messageOf(transcript, 'client', 'client_hello')
  t.equal(sessionId.length, 32)
  t.same(messageOf(transcript, 'server', 'server_hello').sessionId, sessionId)
})

t.test('§6: a wrong secret leaves the flow of one side unread and says so', async (t) => {
  const name = 'rfc8448-6-client-authentication'
  const { keyLog } = readTrace(name)
  const wrong = keyLog.replace(/^(CLIENT_HANDSHAKE_TRAFFIC_SECRET \S+ )\S+$/m, `$1${'00'.repeat(32)}`)
  const transcript = dissect(segmentsOf(name), wrong)
  const ours = ladder(transcript)
  const server = traces[name].filter((line) => line.startsWith('S'))
  t.strictSame(
    ours.filter((line) => line.startsWith('S')),
    server,
  )
  t.notOk(ours.includes('C* certificate'))
  t.match(JSON.stringify(transcript), /ERR_BAD_RECORD_MAC/)
})
