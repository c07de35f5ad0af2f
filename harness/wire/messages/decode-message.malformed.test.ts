/** Handshake messages one change away from a good one: not decoded, never an exception, and kept. */
import t from 'tap'
import { clientHello, extension, handshake, hex, serverHello, uint, vector } from '../testdata/encode.ts'
import { decodeMessage } from './decode-message.ts'
import type { MessageContext } from './message-context.ts'

const tls13: MessageContext = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256' }
const ecdheRsa: MessageContext = { version: 'TLSv1.2', cipherSuite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' }
const unknown: MessageContext = { version: null, cipherSuite: null }

const sni = extension(0, hex('0004 00 0001 61'))
const signature = vector(2, hex('abcd'))

interface Case {
  readonly name: string
  readonly raw: Buffer
  readonly context?: MessageContext
}

const refused: readonly Case[] = [
  { name: 'a session id of 33 bytes', raw: clientHello({ sessionId: Buffer.alloc(33) }) },
  { name: 'a ClientHello with a byte after it', raw: handshake(1, clientHello().subarray(4), hex('00')) },
  {
    name: 'a post_handshake_auth that is not empty',
    raw: clientHello({ extensions: [extension(49, hex('00'))] }),
  },
  { name: 'the same extension twice', raw: clientHello({ extensions: [sni, sni] }) },
  { name: 'a ServerHello cut short', raw: handshake(2, serverHello().subarray(4, 30)) },
  {
    name: 'a TLS 1.3 CertificateRequest with an empty list of names',
    raw: handshake(13, vector(1), vector(2, extension(47, hex('0000')))),
    context: tls13,
  },
  {
    name: 'a TLS 1.2 CertificateRequest without a type',
    raw: handshake(13, vector(1), vector(2, hex('0401')), vector(2)),
    context: ecdheRsa,
  },
  {
    name: 'a TLS 1.2 CertificateRequest without a scheme',
    raw: handshake(13, vector(1, hex('01')), vector(2), vector(2)),
    context: ecdheRsa,
  },
  { name: 'an empty certificate in the list', raw: handshake(11, vector(3, vector(3))), context: ecdheRsa },
  {
    name: 'a TLS 1.3 Certificate without extensions',
    raw: handshake(11, vector(1), vector(3, vector(3, hex('30')))),
    context: tls13,
  },
  {
    name: 'CertificateVerify with a byte after it',
    raw: handshake(15, uint(2, 0x0804), signature, hex('00')),
    context: tls13,
  },
  {
    name: 'an empty TLS 1.3 ticket',
    raw: handshake(4, uint(4, 0), uint(4, 0), vector(1), vector(2), vector(2)),
    context: tls13,
  },
  { name: 'KeyUpdate 2', raw: handshake(24, hex('02')), context: tls13 },
  { name: 'KeyUpdate of two bytes', raw: handshake(24, hex('0000')), context: tls13 },
]

for (const { name, raw, context = unknown } of refused) {
  t.test(`not decoded, and kept: ${name}`, async (t) => {
    const message = decodeMessage(raw, context)
    t.match(message, { type: 'unknown', code: raw[0], problem: String })
    t.equal(message.raw, raw)
  })
}
