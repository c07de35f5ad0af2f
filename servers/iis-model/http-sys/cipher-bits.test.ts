import t from 'tap'
import { cipherBits } from './cipher-bits.ts'

const cases = [
  { suite: 'TLS_AES_256_GCM_SHA384', bits: 256 },
  { suite: 'TLS_AES_128_GCM_SHA256', bits: 128 },
  { suite: 'TLS_CHACHA20_POLY1305_SHA256', bits: 256 },
  { suite: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', bits: 128 },
  { suite: 'TLS_RSA_WITH_AES_256_CBC_SHA256', bits: 256 },
  { suite: 'TLS_RSA_WITH_3DES_EDE_CBC_SHA', bits: 168 },
  { suite: 'SSL_RSA_WITH_DES_CBC_SHA', bits: 56 },
  { suite: 'TLS_RSA_WITH_RC4_128_SHA', bits: 128 },
  { suite: 'TLS_RSA_EXPORT_WITH_RC4_40_MD5', bits: 40 },
  { suite: 'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA', bits: 40 },
  { suite: 'TLS_RSA_WITH_NULL_SHA256', bits: 0 },
  { suite: 'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA', bits: 256 },
  { suite: 'TLS_RSA_WITH_SOMETHING_NEW', bits: 0 },
  { suite: '', bits: 0 },
] as const

for (const { suite, bits } of cases) {
  t.test(`${suite || 'no suite'} has a key of ${bits} bits`, async (t) => {
    t.equal(cipherBits(suite), bits)
  })
}
