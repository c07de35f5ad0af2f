/** TLS 1.2 records that no recording has, sealed here. The recordings are in record-protection.test.ts. */
import { createCipheriv, createHmac, randomBytes } from 'node:crypto'
import t from 'tap'
import type { AeadSuite, MacSuite } from './cipher-suite.ts'
import { cipherSuite } from './cipher-suite.ts'
import type { ProtectedRecord, RecordCipher } from './protected-record.ts'
import { aead12 } from './record-protection-12-aead.ts'
import { cbcEncryptThenMac, cbcMacThenEncrypt } from './record-protection-12-cbc.ts'
import { nullWithMac } from './record-protection-12-null.ts'

const SEQUENCE_NUMBER = 0x1_0000_0002
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const record = (fragment: Uint8Array): ProtectedRecord => ({
  contentType: 23,
  legacyRecordVersion: 0x0303,
  header: Uint8Array.of(23, 3, 3, fragment.length >> 8, fragment.length & 0xff),
  fragment,
})

/** seq_num + type + version + length, spelled out. */
const additionalData = (length: number): Uint8Array =>
  Buffer.from(`0000000100000002170303${length.toString(16).padStart(4, '0')}`, 'hex')

function macSuite(name: string): MacSuite {
  const suite = cipherSuite(name)
  if (suite === null || suite.construction === 'aead') throw new Error(`${name} has no MAC`)
  return suite
}

function aeadSuite(name: string): AeadSuite {
  const suite = cipherSuite(name)
  if (suite?.construction !== 'aead') throw new Error(`${name} is no AEAD suite`)
  return suite
}

const keysFor = (suite: MacSuite | AeadSuite): { macKey: Uint8Array; key: Uint8Array; iv: Uint8Array } => ({
  macKey: Buffer.alloc(suite.macLength, 1),
  key: Buffer.from(Array.from({ length: suite.encKeyLength }, (_, index) => index)),
  iv: Buffer.alloc(suite.fixedIvLength, 2),
})

function open(cipher: RecordCipher, fragment: Uint8Array): string {
  const whole = record(fragment)
  return hex(cipher.read(whole, cipher.authenticate(whole, SEQUENCE_NUMBER)).content)
}

function hmac(suite: MacSuite, data: Uint8Array): Uint8Array {
  return createHmac(suite.mac, keysFor(suite).macKey)
    .update(additionalData(data.length))
    .update(data)
    .digest()
}

/** IV and blocks of exactly these bytes, padding included. */
function encrypt(suite: MacSuite, padded: Uint8Array): Uint8Array {
  const iv = randomBytes(suite.recordIvLength)
  const cipher = createCipheriv(suite.algorithm, keysFor(suite).key, iv).setAutoPadding(false)
  return Buffer.concat([iv, cipher.update(padded), cipher.final()])
}

/** The bytes up to the next whole block, each of them their number less one. RFC 5246 §6.2.3.2. */
function padding(suite: MacSuite, length: number, extraBlocks = 0): Uint8Array {
  const block = suite.recordIvLength
  const count = block - (length % block) + extraBlocks * block
  return Buffer.alloc(count, count - 1)
}

function macThenEncrypt(suite: MacSuite, content: Uint8Array, extraBlocks = 0): Uint8Array {
  const contentAndMac = Buffer.concat([content, hmac(suite, content)])
  return encrypt(suite, Buffer.concat([contentAndMac, padding(suite, contentAndMac.length, extraBlocks)]))
}

function encryptThenMac(suite: MacSuite, content: Uint8Array): Uint8Array {
  const encrypted = encrypt(suite, Buffer.concat([content, padding(suite, content.length)]))
  return Buffer.concat([encrypted, hmac(suite, encrypted)])
}

const cbcSuites = [
  'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_RSA_WITH_AES_256_CBC_SHA256',
  'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA256',
  'TLS_RSA_WITH_ARIA_128_CBC_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
]

for (const name of cbcSuites) {
  t.test(`${name} opens content of any length, either way round`, async (t) => {
    const suite = macSuite(name)
    for (let length = 0; length <= 33; length += 1) {
      const content = Buffer.alloc(length, 0xab)
      t.equal(open(cbcMacThenEncrypt(suite, keysFor(suite)), macThenEncrypt(suite, content)), hex(content))
      t.equal(open(cbcEncryptThenMac(suite, keysFor(suite)), encryptThenMac(suite, content)), hex(content))
    }
  })
}

const cbc = macSuite('TLS_RSA_WITH_AES_128_CBC_SHA')

t.test('CBC padding may be longer than a block, up to 255 bytes', async (t) => {
  // Content and MAC make two whole blocks, so padding is 16 bytes for each block: 16 blocks have the length byte 255.
  const content = Buffer.alloc(12, 0xcd)
  for (const extraBlocks of [0, 1, 15]) {
    const fragment = macThenEncrypt(cbc, content, extraBlocks)
    t.equal(open(cbcMacThenEncrypt(cbc, keysFor(cbc)), fragment), hex(content))
  }
})

const content = Buffer.alloc(12, 0xcd)
const contentAndMac = Buffer.concat([content, hmac(cbc, content)])

/** Each ends in whole blocks; the message tells which check failed. */
const brokenCbc = [
  {
    name: 'a padding byte that differs',
    padded: [contentAndMac, '0f'.repeat(14), '0e', '0f'],
    message: /every byte/,
  },
  {
    name: 'padding that says one too many',
    padded: [contentAndMac, '0f'.repeat(15), '10'],
    message: /every byte/,
  },
  {
    name: 'padding longer than the record',
    padded: ['1f'.repeat(15) + '20'],
    message: /padding of 32 bytes/,
  },
  { name: 'padding that leaves no room for the MAC', padded: ['1f'.repeat(32)], message: /no room/ },
  {
    name: 'padding over the MAC',
    padded: [contentAndMac.subarray(0, 30), '01'.repeat(2)],
    message: /does not match/,
  },
] as const

for (const { name, padded, message } of brokenCbc) {
  t.test(`MAC-then-encrypt: ${name}`, async (t) => {
    const parts = padded.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part))
    const expected = { code: 'ERR_BAD_RECORD_MAC', message }
    t.throws(() => open(cbcMacThenEncrypt(cbc, keysFor(cbc)), encrypt(cbc, Buffer.concat(parts))), expected)
  })
}

t.test('encrypt-then-MAC: wrong padding under a right MAC', async (t) => {
  const encrypted = encrypt(cbc, Buffer.from('00'.repeat(15) + '01', 'hex'))
  const fragment = Buffer.concat([encrypted, hmac(cbc, encrypted)])
  const expected = { code: 'ERR_BAD_RECORD_MAC', message: /every byte/ }
  t.throws(() => open(cbcEncryptThenMac(cbc, keysFor(cbc)), fragment), expected)
})

const aeadSuites = [
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_ARIA_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_128_CCM',
  'TLS_RSA_WITH_AES_256_CCM_8',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
]

function sealAead(suite: AeadSuite, content: Uint8Array): Buffer {
  const { key, iv } = keysFor(suite)
  const explicitNonce = randomBytes(suite.recordIvLength)
  // ChaCha20 has no explicit nonce: RFC 7905 XORs the sequence number, here into an IV of twos.
  const implicit = Buffer.from('020202020202020302020200', 'hex')
  const nonce = suite.recordIvLength === 0 ? implicit : Buffer.concat([iv, explicitNonce])
  const options = { authTagLength: suite.tagLength }
  const cipher = createCipheriv(suite.algorithm as 'aes-128-gcm', key, nonce, options)
  cipher.setAAD(additionalData(content.length), { plaintextLength: content.length })
  return Buffer.concat([explicitNonce, cipher.update(content), cipher.final(), cipher.getAuthTag()])
}

for (const name of aeadSuites) {
  t.test(`${name} opens content of any length, and notices every changed tag`, async (t) => {
    const suite = aeadSuite(name)
    for (const length of [0, 1, 15, 16, 17, 2 ** 14]) {
      const content = Buffer.alloc(length, 0xab)
      const fragment = sealAead(suite, content)
      t.equal(open(aead12(suite, keysFor(suite)), fragment), hex(content), `${length} bytes`)
      const last = fragment.length - 1
      fragment.writeUInt8(fragment.readUInt8(last) ^ 1, last)
      t.throws(() => open(aead12(suite, keysFor(suite)), fragment), { code: 'ERR_BAD_RECORD_MAC' })
    }
  })
}

t.test('more than 2^14 bytes of content are an overflow, not a bad MAC', async (t) => {
  const tooLong = Buffer.alloc(2 ** 14 + 1)
  const overflow = { name: 'HarnessError', code: 'ERR_RECORD_OVERFLOW' }
  const gcm = aeadSuite('TLS_RSA_WITH_AES_128_GCM_SHA256')
  t.throws(() => open(aead12(gcm, keysFor(gcm)), sealAead(gcm, tooLong)), overflow)
  t.throws(() => open(cbcMacThenEncrypt(cbc, keysFor(cbc)), macThenEncrypt(cbc, tooLong)), overflow)
  const nul = macSuite('TLS_RSA_WITH_NULL_SHA256')
  const fragment = Buffer.concat([tooLong, hmac(nul, tooLong)])
  t.throws(() => open(nullWithMac(nul, keysFor(nul)), fragment), overflow)
})
