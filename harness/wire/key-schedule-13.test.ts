import { createHmac, hkdfSync } from 'node:crypto'
import t from 'tap'
import { parseKeyLog } from './key-log.ts'
import { hkdfExpandLabel, nextTrafficSecret, trafficKeys } from './key-schedule-13.ts'
import { readTrace } from './testdata/read-trace.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const traces = [
  'rfc8448-3-simple-1-rtt',
  'rfc8448-5-hello-retry-request',
  'rfc8448-6-client-authentication',
  'rfc8448-7-compatibility-mode',
]

for (const name of traces) {
  t.test(`${name}: every traffic secret gives the published key and IV`, async (t) => {
    const trace = readTrace(name)
    const clientRandom = trace.records[0]!.bytes.subarray(11, 43)
    const keyLog = parseKeyLog(trace.keyLog)
    t.strictSame(keyLog.problems, [])
    t.equal(trace.trafficKeys.length, 4)
    for (const expected of trace.trafficKeys) {
      const secret = keyLog.secret(expected.label, clientRandom)
      t.ok(secret, expected.label)
      const { key, iv } = trafficKeys('TLS_AES_128_GCM_SHA256', secret!)
      t.strictSame([hex(key), hex(iv)], [hex(expected.key), hex(expected.iv)], expected.label)
    }
  })
}

t.test('RFC 9001 A.1: HKDF-Expand-Label with the labels of QUIC', async (t) => {
  const secret = Buffer.from('c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea', 'hex')
  const none = new Uint8Array(0)
  const expand = (label: string, length: number): string =>
    hex(hkdfExpandLabel('sha256', secret, label, none, length))
  t.equal(expand('quic key', 16), '1f369613dd76d5467730efcbe3b1a22d')
  t.equal(expand('quic iv', 12), 'fa044b2f42a3fd3b46fb255c')
  t.equal(expand('quic hp', 16), '9f50449e04a0e810283a1e9933adedd2')
})

t.test('HKDF-Expand-Label of any length agrees with the HKDF of node:crypto', async (t) => {
  const ikm = Buffer.from('input keying material')
  const context = Buffer.from('context')
  for (const hash of ['sha256', 'sha384'] as const) {
    const zeros = Buffer.alloc(hash === 'sha256' ? 32 : 48)
    const prk = createHmac(hash, zeros).update(ikm).digest()
    for (const length of [0, 1, 31, 32, 33, 48, 64, 100, 255, 300]) {
      const info = Buffer.concat([
        Uint8Array.of(length >> 8, length & 0xff, 10),
        Buffer.from('tls13 test'),
        Uint8Array.of(context.length),
        context,
      ])
      const expected = Buffer.from(hkdfSync(hash, ikm, zeros, info, length)).toString('hex')
      t.equal(hex(hkdfExpandLabel(hash, prk, 'test', context, length)), expected, `${hash}, ${length} bytes`)
    }
  }
})

t.test('the next traffic secret is as long as the one before', async (t) => {
  t.equal(nextTrafficSecret('TLS_AES_256_GCM_SHA384', new Uint8Array(48)).length, 48)
  t.equal(nextTrafficSecret('TLS_AES_128_CCM_8_SHA256', new Uint8Array(32)).length, 32)
})

for (const suite of ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'cipher_1304']) {
  t.test(`${suite} has no traffic secrets`, async (t) => {
    const expected = { name: 'HarnessError', code: 'ERR_UNKNOWN_CIPHER_SUITE' }
    t.throws(() => trafficKeys(suite, new Uint8Array(32)), expected)
    t.throws(() => nextTrafficSecret(suite, new Uint8Array(32)), expected)
  })
}
