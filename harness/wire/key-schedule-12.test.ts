import t from 'tap'
import type { CipherSuite } from './cipher-suite.ts'
import { cipherSuite } from './cipher-suite.ts'
import { keyBlock, prf } from './key-schedule-12.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytes = (text: string): Uint8Array => Buffer.from(text, 'hex')

/** The vectors that went over the TLS working group's list when TLS 1.2 was made. */
const vectors = [
  {
    hash: 'sha256',
    secret: '9bbe436ba940f017b17652849a71db35',
    seed: 'a0ba9f936cda311827a6f796ffd5198c',
    output:
      'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af' +
      '0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66',
  },
  {
    hash: 'sha384',
    secret: 'b80b733d6ceefcdc71566ea48e5567df',
    seed: 'cd665cf6a8447dd6ff8b27555edb7465',
    output:
      '7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b1233c9146a0' +
      'e534cb400fed2700884f9dc236f80edd8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d918425' +
      '9b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee691c8f3a26854308d5eaa3be85e0990703d73e56f',
  },
] as const

for (const { hash, secret, seed, output } of vectors) {
  t.test(`PRF with ${hash}`, async (t) => {
    const length = output.length / 2
    t.equal(hex(prf(hash, bytes(secret), 'test label', bytes(seed), length)), output)
    for (const shorter of [0, 1, 12, 48]) {
      const cut = output.slice(0, 2 * shorter)
      t.equal(hex(prf(hash, bytes(secret), 'test label', bytes(seed), shorter)), cut, `${shorter} bytes`)
    }
  })
}

function suiteOf(name: string): CipherSuite {
  const suite = cipherSuite(name)
  if (suite === null) throw new Error(`${name} is unknown`)
  return suite
}

t.test('the key block is cut into MAC keys, keys and IVs, the client first', async (t) => {
  const masterSecret = Buffer.alloc(48, 1)
  const clientRandom = Buffer.alloc(32, 2)
  const serverRandom = Buffer.alloc(32, 3)
  const seed = Buffer.concat([serverRandom, clientRandom])
  for (const [name, lengths] of [
    ['TLS_RSA_WITH_AES_128_CBC_SHA', [20, 20, 16, 16, 0, 0]],
    ['TLS_RSA_WITH_AES_256_GCM_SHA384', [0, 0, 32, 32, 4, 4]],
    ['TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', [0, 0, 32, 32, 12, 12]],
    ['TLS_RSA_WITH_3DES_EDE_CBC_SHA', [20, 20, 24, 24, 0, 0]],
    ['TLS_RSA_WITH_NULL_SHA256', [32, 32, 0, 0, 0, 0]],
  ] as const) {
    const suite = suiteOf(name)
    const { client, server } = keyBlock({ suite, masterSecret, clientRandom, serverRandom })
    const parts = [client.macKey, server.macKey, client.key, server.key, client.iv, server.iv]
    const total = lengths.reduce<number>((sum, length) => sum + length, 0)
    t.strictSame(
      parts.map((part) => part.length),
      lengths,
      name,
    )
    t.equal(hex(Buffer.concat(parts)), hex(prf(suite.hash, masterSecret, 'key expansion', seed, total)), name)
  }
})
