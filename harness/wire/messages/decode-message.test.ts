/** Every handshake message and its decoded fields. Those that must not decode are decode-message.malformed.test.ts. */
import t from 'tap'
import {
  clientHello,
  extension,
  handshake,
  helloRetryRandom,
  hex,
  serverHello,
  uint,
  vector,
} from '../testdata/encode.ts'
import { decodeMessage } from './decode-message.ts'
import type { MessageContext } from './message-context.ts'

const tls13: MessageContext = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256' }
const tls12 = (cipherSuite: string): MessageContext => ({ version: 'TLSv1.2', cipherSuite })
const ecdheRsa = tls12('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256')
const tls11: MessageContext = { version: 'TLSv1.1', cipherSuite: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA' }
const unknown: MessageContext = { version: null, cipherSuite: null }

const none = Buffer.alloc(0)
const dn = hex('300c310a300806035504030c0161')
const sni = extension(0, hex('0004 00 0001 61'))
const versions13 = extension(43, hex('0304'))
const signature = vector(2, hex('abcd'))

interface Case {
  readonly name: string
  readonly raw: Buffer
  readonly context?: MessageContext
  readonly gives: object
}

const cases: readonly Case[] = [
  {
    name: 'a ClientHello without extensions',
    raw: clientHello(),
    gives: {
      type: 'client_hello',
      legacyVersion: 0x0303,
      cipherSuites: ['TLS_AES_128_GCM_SHA256'],
      supportedVersions: ['TLSv1.2'],
      serverName: null,
      signatureSchemes: [],
      postHandshakeAuth: false,
    },
  },
  {
    name: 'a ClientHello with extensions',
    raw: clientHello({
      extensions: [
        sni,
        extension(43, hex('04 0304 0303')),
        extension(13, hex('0002 0403')),
        extension(16, hex('0003 02 6832')),
        extension(49, none),
      ],
    }),
    gives: {
      serverName: 'a',
      supportedVersions: ['TLSv1.3', 'TLSv1.2'],
      signatureSchemes: ['ecdsa_secp256r1_sha256'],
      applicationProtocols: ['h2'],
      postHandshakeAuth: true,
    },
  },
  {
    name: 'the longest session id',
    raw: clientHello({ sessionId: Buffer.alloc(32) }),
    gives: { type: 'client_hello' },
  },
  {
    name: 'a TLS 1.2 ServerHello',
    raw: serverHello({ suite: 0xc02f }),
    gives: {
      type: 'server_hello',
      selectedVersion: 'TLSv1.2',
      cipherSuite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    },
  },
  {
    name: 'a TLS 1.3 ServerHello',
    raw: serverHello({ extensions: [versions13] }),
    gives: { type: 'server_hello', selectedVersion: 'TLSv1.3', legacyVersion: 0x0303 },
  },
  {
    name: 'a HelloRetryRequest',
    raw: serverHello({ random: helloRetryRandom, extensions: [versions13] }),
    gives: {
      type: 'hello_retry_request',
      selectedVersion: 'TLSv1.3',
      extensions: [{ name: 'supported_versions' }],
    },
  },
  {
    name: 'EncryptedExtensions',
    raw: handshake(8, vector(2, extension(16, hex('0003 02 6832')))),
    context: tls13,
    gives: { type: 'encrypted_extensions', applicationProtocol: 'h2' },
  },
  {
    name: 'a TLS 1.3 CertificateRequest',
    raw: handshake(
      13,
      vector(1, hex('aa')),
      vector(2, extension(13, hex('0002 0403')), extension(47, vector(2, vector(2, dn)))),
    ),
    context: tls13,
    gives: {
      type: 'certificate_request',
      certificateRequestContext: hex('aa'),
      certificateTypes: [],
      signatureSchemes: ['ecdsa_secp256r1_sha256'],
      certificateAuthorities: [{ text: 'CN=a' }],
      extensions: [{ name: 'signature_algorithms' }, { name: 'certificate_authorities' }],
    },
  },
  {
    name: 'a TLS 1.2 CertificateRequest',
    raw: handshake(13, vector(1, hex('0140')), vector(2, hex('0401')), vector(2, vector(2, dn))),
    context: ecdheRsa,
    gives: {
      certificateRequestContext: null,
      certificateTypes: ['rsa_sign', 'ecdsa_sign'],
      signatureSchemes: ['rsa_pkcs1_sha256'],
      certificateAuthorities: [{ text: 'CN=a' }],
      extensions: [],
    },
  },
  {
    name: 'a TLS 1.2 CertificateRequest without names',
    raw: handshake(13, vector(1, hex('01')), vector(2, hex('0401')), vector(2)),
    context: ecdheRsa,
    gives: { type: 'certificate_request', certificateAuthorities: [] },
  },
  {
    name: 'a TLS 1.1 CertificateRequest',
    raw: handshake(13, vector(1, hex('01')), vector(2)),
    context: tls11,
    gives: { type: 'certificate_request', signatureSchemes: [] },
  },
  {
    name: 'a TLS 1.3 Certificate',
    raw: handshake(
      11,
      vector(1),
      vector(3, vector(3, hex('30')), vector(2), vector(3, hex('31')), vector(2)),
    ),
    context: tls13,
    gives: {
      type: 'certificate',
      certificateRequestContext: none,
      entries: [
        { der: hex('30'), extensions: [] },
        { der: hex('31'), extensions: [] },
      ],
    },
  },
  {
    name: 'a TLS 1.2 Certificate',
    raw: handshake(11, vector(3, vector(3, hex('30')))),
    context: ecdheRsa,
    gives: { certificateRequestContext: null, entries: [{ der: hex('30') }] },
  },
  {
    name: 'a client without a certificate',
    raw: handshake(11, vector(3)),
    context: ecdheRsa,
    gives: { type: 'certificate', entries: [] },
  },
  {
    name: 'CertificateVerify',
    raw: handshake(15, uint(2, 0x0804), signature),
    context: tls13,
    gives: {
      type: 'certificate_verify',
      signatureScheme: 'rsa_pss_rsae_sha256',
      signature: hex('abcd'),
    },
  },
  {
    name: 'CertificateVerify of TLS 1.1',
    raw: handshake(15, signature),
    context: tls11,
    gives: { type: 'certificate_verify', signatureScheme: 'by_key_type' },
  },
  {
    name: 'an ECDHE ServerKeyExchange',
    raw: handshake(12, hex('03 001d'), vector(1, hex('04')), uint(2, 0x0401), signature),
    context: ecdheRsa,
    gives: { type: 'server_key_exchange', namedGroup: 'x25519', signatureScheme: 'rsa_pkcs1_sha256' },
  },
  {
    name: 'an ECDHE ServerKeyExchange of TLS 1.1',
    raw: handshake(12, hex('03 0017'), vector(1, hex('04')), signature),
    context: tls11,
    gives: { type: 'server_key_exchange', namedGroup: 'secp256r1', signatureScheme: null },
  },
  {
    name: 'a ServerKeyExchange with an explicit curve',
    raw: handshake(12, hex('01 aabbcc')),
    context: ecdheRsa,
    gives: { type: 'server_key_exchange', namedGroup: null, signatureScheme: null },
  },
  {
    name: 'a DHE ServerKeyExchange',
    raw: handshake(12, ...['01', '02', '03'].map((n) => vector(2, hex(n))), uint(2, 0x0401), signature),
    context: tls12('TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'),
    gives: { type: 'server_key_exchange', namedGroup: null, signatureScheme: 'rsa_pkcs1_sha256' },
  },
  {
    name: 'an ECDHE_PSK ServerKeyExchange',
    raw: handshake(12, vector(2, hex('68')), hex('03 001d'), vector(1, hex('04'))),
    context: tls12('TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA'),
    gives: { type: 'server_key_exchange', namedGroup: 'x25519', signatureScheme: null },
  },
  {
    name: 'a PSK hint',
    raw: handshake(12, vector(2, hex('68'))),
    context: tls12('TLS_PSK_WITH_AES_128_CBC_SHA'),
    gives: { type: 'server_key_exchange', namedGroup: null, signatureScheme: null },
  },
  {
    name: 'a TLS 1.3 NewSessionTicket',
    raw: handshake(4, uint(4, 7200), uint(4, 1), vector(1, hex('00')), vector(2, hex('aabb')), vector(2)),
    context: tls13,
    gives: { type: 'new_session_ticket', lifetimeSeconds: 7200, ticket: hex('aabb') },
  },
  {
    name: 'a TLS 1.2 NewSessionTicket, which may be empty',
    raw: handshake(4, uint(4, 0), vector(2)),
    context: ecdheRsa,
    gives: { type: 'new_session_ticket', lifetimeSeconds: 0, ticket: none },
  },
  { name: 'KeyUpdate, not requested', raw: handshake(24, hex('00')), gives: { requestUpdate: false } },
  { name: 'KeyUpdate, requested', raw: handshake(24, hex('01')), gives: { requestUpdate: true } },
  {
    name: 'Finished',
    raw: handshake(20, hex('aabb')),
    gives: { type: 'finished', verifyData: hex('aabb') },
  },
  {
    name: 'ServerHelloDone',
    raw: handshake(14),
    gives: { type: 'server_hello_done', code: 14, problem: null },
  },
  { name: 'HelloRequest', raw: handshake(0), gives: { type: 'hello_request', code: 0, problem: null } },
  {
    name: 'a type without a decoder',
    raw: handshake(25, hex('aa')),
    gives: { type: 'unknown', code: 25, body: hex('aa'), problem: null },
  },
]

for (const { name, raw, context = unknown, gives } of cases) {
  t.test(name, async (t) => {
    const message = decodeMessage(raw, context)
    t.match(message, gives)
    t.equal(message.raw, raw, 'nothing is dropped')
  })
}
