import t from 'tap'
import { cipherSuite } from './cipher-suite.ts'

/** hash, node:crypto name, key, fixed IV, record IV, tag, MAC */
const known = {
  TLS_AES_128_GCM_SHA256: ['sha256', 'aes-128-gcm', 16, 12, 0, 16, null],
  TLS_AES_256_GCM_SHA384: ['sha384', 'aes-256-gcm', 32, 12, 0, 16, null],
  TLS_CHACHA20_POLY1305_SHA256: ['sha256', 'chacha20-poly1305', 32, 12, 0, 16, null],
  TLS_AES_128_CCM_SHA256: ['sha256', 'aes-128-ccm', 16, 12, 0, 16, null],
  TLS_AES_128_CCM_8_SHA256: ['sha256', 'aes-128-ccm', 16, 12, 0, 8, null],
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: ['sha384', 'aes-256-gcm', 32, 4, 8, 16, null],
  TLS_DH_anon_WITH_AES_128_GCM_SHA256: ['sha256', 'aes-128-gcm', 16, 4, 8, 16, null],
  TLS_DHE_RSA_WITH_AES_128_CCM: ['sha256', 'aes-128-ccm', 16, 4, 8, 16, null],
  TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8: ['sha256', 'aes-256-ccm', 32, 4, 8, 8, null],
  TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256: ['sha256', 'aes-128-ccm', 16, 4, 8, 8, null],
  TLS_ECDHE_RSA_WITH_ARIA_256_GCM_SHA384: ['sha384', 'aria-256-gcm', 32, 4, 8, 16, null],
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: ['sha256', 'chacha20-poly1305', 32, 12, 0, 16, null],
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: ['sha256', 'aes-128-cbc', 16, 0, 16, 0, 'sha1'],
  TLS_RSA_WITH_AES_256_CBC_SHA256: ['sha256', 'aes-256-cbc', 32, 0, 16, 0, 'sha256'],
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384: ['sha384', 'aes-256-cbc', 32, 0, 16, 0, 'sha384'],
  TLS_RSA_WITH_CAMELLIA_128_CBC_SHA: ['sha256', 'camellia-128-cbc', 16, 0, 16, 0, 'sha1'],
  TLS_RSA_WITH_3DES_EDE_CBC_SHA: ['sha256', 'des-ede3-cbc', 24, 0, 8, 0, 'sha1'],
  TLS_RSA_WITH_NULL_MD5: ['sha256', '', 0, 0, 0, 0, 'md5'],
  TLS_ECDHE_PSK_WITH_NULL_SHA384: ['sha384', '', 0, 0, 0, 0, 'sha384'],
} as const

for (const [name, expected] of Object.entries(known)) {
  t.test(name, async (t) => {
    const suite = cipherSuite(name)
    t.ok(suite, 'is known')
    if (suite === null) return
    const { hash, algorithm, encKeyLength, fixedIvLength, recordIvLength, tagLength, mac } = suite
    t.strictSame([hash, algorithm, encKeyLength, fixedIvLength, recordIvLength, tagLength, mac], expected)
    t.equal(suite.version, name.includes('_WITH_') ? '1.2' : '1.3')
    t.equal(suite.name, name)
  })
}

const unknown = [
  '',
  'TLS_',
  'cipher_1234',
  'TLS_NULL_WITH_NULL_NULL',
  'TLS_EMPTY_RENEGOTIATION_INFO_SCSV',
  'TLS_RSA_WITH_RC4_128_SHA',
  'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA',
  'TLS_RSA_WITH_DES_CBC_SHA',
  'TLS_RSA_WITH_CAMELLIA_128_GCM_SHA256',
  'TLS_SM4_GCM_SM3',
  'TLS_SHA256_SHA256',
  'TLS_AES_128_CCM',
  'TLS_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC',
  'TLS_RSA_WITH_AES_128_GCM_SHA',
  'tls_aes_128_gcm_sha256',
  'TLS_AES_128_GCM_SHA256\n',
]

for (const name of unknown) {
  t.test(`${JSON.stringify(name)} is not a suite that can be read`, async (t) => {
    t.equal(cipherSuite(name), null)
  })
}
