import t from 'tap'
import { HarnessError } from '../model/errors.ts'
import type { ProtectedRecord, RecordProtection } from './record-protection.ts'
import { protectionFor13, protectionsFor12 } from './record-protection.ts'
import type { ProtectedStep } from './testdata/protected-records.ts'
import { steps12, steps13 } from './testdata/protected-records.ts'
import { readTrace } from './testdata/read-trace.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const TLS13 = [
  ['rfc8448-3-simple-1-rtt', 'TLS_AES_128_GCM_SHA256'],
  ['rfc8448-5-hello-retry-request', 'TLS_AES_128_GCM_SHA256'],
  ['rfc8448-6-client-authentication', 'TLS_AES_128_GCM_SHA256'],
  ['rfc8448-7-compatibility-mode', 'TLS_AES_128_GCM_SHA256'],
  ['openssl-tls13-aes-256-gcm', 'TLS_AES_256_GCM_SHA384'],
  ['openssl-tls13-chacha20-poly1305', 'TLS_CHACHA20_POLY1305_SHA256'],
  ['openssl-tls13-aes-128-ccm', 'TLS_AES_128_CCM_SHA256'],
  ['openssl-tls13-aes-128-ccm-8', 'TLS_AES_128_CCM_8_SHA256'],
] as const

const TLS12 = [
  ['openssl-tls12-aes-128-gcm', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', false],
  ['openssl-tls12-aes-256-gcm', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', false],
  ['openssl-tls12-aes-128-ccm', 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM', false],
  ['openssl-tls12-aes-256-ccm-8', 'TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8', false],
  ['openssl-tls12-chacha20-poly1305', 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256', false],
  ['openssl-tls12-aes-128-cbc-sha', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', false],
  ['openssl-tls12-aes-128-cbc-sha-encrypt-then-mac', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA', true],
  ['openssl-tls12-aes-128-cbc-sha256', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', false],
  ['openssl-tls12-aes-256-cbc-sha384', 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384', false],
  ['openssl-tls12-aes-256-cbc-sha384-encrypt-then-mac', 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384', true],
  ['openssl-tls12-null-sha', 'TLS_ECDHE_ECDSA_WITH_NULL_SHA', false],
] as const

const traces: readonly { readonly name: string; readonly steps: () => Generator<ProtectedStep> }[] = [
  ...TLS13.map(([name, suite]) => ({ name, steps: () => steps13(readTrace(name), suite) })),
  ...TLS12.map(([name, suite, etm]) => ({ name, steps: () => steps12(readTrace(name), suite, etm) })),
]

for (const { name, steps } of traces) {
  t.test(`${name}: the right keys open every record`, async (t) => {
    let opened = 0
    for (const { record, protection, expected } of steps()) {
      const { contentType, content } = protection.open(record)
      t.equal(contentType, expected.contentType)
      t.equal(hex(content), hex(expected.content))
      opened += 1
    }
    t.ok(opened >= 4, `${opened} records`)
  })

  t.test(
    `${name}: one flipped bit anywhere is noticed, and the intact record still opens after it`,
    async (t) => {
      for (const { record, protection, expected } of steps()) {
        const fates = new Set([...flips(record)].map((changed) => fateOf(protection, changed)))
        t.strictSame([...fates], ['ERR_BAD_RECORD_MAC'])
        t.equal(hex(protection.open(record).content), hex(expected.content))
      }
    },
  )

  t.test(`${name}: a record cut short at any length is noticed`, async (t) => {
    for (const { record, protection } of steps()) {
      const fates = new Set<string>()
      for (let length = 0; length < record.fragment.length; length += 1) {
        const fragment = record.fragment.subarray(0, length)
        fates.add(fateOf(protection, { ...record, fragment }))
        fates.add(fateOf(protection, { ...record, fragment, header: withLength(record.header, length) }))
      }
      t.strictSame([...fates], ['ERR_BAD_RECORD_MAC'])
      protection.open(record)
    }
  })

  t.test(`${name}: bytes added at the end are noticed`, async (t) => {
    for (const { record, protection } of steps()) {
      for (const added of [1, 7, 16]) {
        const fragment = Buffer.concat([record.fragment, Buffer.alloc(added)])
        const header = withLength(record.header, fragment.length)
        t.equal(fateOf(protection, { ...record, fragment, header }), 'ERR_BAD_RECORD_MAC', `${added} bytes`)
      }
      protection.open(record)
    }
  })

  t.test(`${name}: a record out of order is noticed`, async (t) => {
    const [first] = [...steps()]
    first!.protection.open(first!.record)
    t.equal(fateOf(first!.protection, first!.record), 'ERR_BAD_RECORD_MAC')
  })
}

/** One bit in each byte of the fragment, every bit of the header. */
function* flips(record: ProtectedRecord): Generator<ProtectedRecord> {
  for (let offset = 0; offset < record.fragment.length; offset += 1) {
    yield { ...record, fragment: flip(record.fragment, offset, offset % 8) }
  }
  for (let bit = 0; bit < 8 * record.header.length; bit += 1) {
    yield { ...record, header: flip(record.header, bit >> 3, bit & 7) }
  }
}

function flip(bytes: Uint8Array, offset: number, bit: number): Uint8Array {
  return bytes.map((byte, index) => (index === offset ? byte ^ (1 << bit) : byte))
}

function withLength(header: Uint8Array, length: number): Uint8Array {
  return Uint8Array.of(...header.subarray(0, 3), length >> 8, length & 0xff)
}

/** What became of a record: the error code, or `opened`. */
function fateOf(protection: RecordProtection, record: ProtectedRecord): string {
  try {
    protection.open(record)
    return 'opened'
  } catch (thrown) {
    return thrown instanceof HarnessError ? thrown.code : String(thrown)
  }
}

for (const [name, suite, encryptThenMac] of TLS12) {
  if (!suite.includes('CBC')) continue
  t.test(`${name}: the wrong order of encryption and MAC is noticed`, async (t) => {
    for (const { record, protection } of steps12(readTrace(name), suite, !encryptThenMac)) {
      t.equal(fateOf(protection, record), 'ERR_BAD_RECORD_MAC')
    }
  })
}

const secret = new Uint8Array(48)
const options = {
  suite: 'TLS_RSA_WITH_AES_128_GCM_SHA256',
  masterSecret: secret,
  clientRandom: secret.subarray(16),
  serverRandom: secret.subarray(16),
  version: 0x0303,
  encryptThenMac: false,
}

t.test(
  'a suite of the other version, an unknown suite and an older version have no protection',
  async (t) => {
    t.ok(protectionsFor12(options))
    t.equal(protectionsFor12({ ...options, version: 0x0302 }), null)
    t.equal(protectionsFor12({ ...options, suite: 'TLS_AES_128_GCM_SHA256' }), null)
    t.equal(protectionsFor12({ ...options, suite: 'cipher_fafa' }), null)
    t.ok(protectionFor13('TLS_AES_256_GCM_SHA384', secret))
    t.equal(protectionFor13('TLS_RSA_WITH_AES_128_GCM_SHA256', secret), null)
    t.equal(protectionFor13('cipher_1399', secret), null)
  },
)

t.test('a secret of another connection opens nothing, and says what to look at', async (t) => {
  const [step] = [...steps13(readTrace('rfc8448-3-simple-1-rtt'), 'TLS_AES_128_GCM_SHA256')]
  const other = protectionFor13('TLS_AES_128_GCM_SHA256', secret.subarray(16))
  t.throws(() => other?.open(step!.record), {
    name: 'HarnessError',
    code: 'ERR_BAD_RECORD_MAC',
    hint: /another connection/,
  })
})
