/** The tables from numbers to registered names: some rows of each, and a number that is in none. */
import t from 'tap'
import { cipherSuiteName } from './cipher-suite-names.ts'
import { clientCertificateTypeName } from './client-certificate-types.ts'
import { extensionName } from './extension-types.ts'
import { handshakeTypeName } from './handshake-types.ts'
import { namedGroupName } from './named-groups.ts'
import { versionCode, versionName } from './protocol-versions.ts'
import { signatureSchemeName } from './signature-schemes.ts'

const tables = [
  {
    table: cipherSuiteName,
    rows: [
      [0x1301, 'TLS_AES_128_GCM_SHA256'],
      [0x1305, 'TLS_AES_128_CCM_8_SHA256'],
      [0x009c, 'TLS_RSA_WITH_AES_128_GCM_SHA256'],
      [0x009e, 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'],
      [0x008c, 'TLS_PSK_WITH_AES_128_CBC_SHA'],
      [0xc009, 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA'],
      [0xc028, 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384'],
      [0xc0ac, 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM'],
      [0xcca8, 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'],
      [0x00ff, 'TLS_EMPTY_RENEGOTIATION_INFO_SCSV'],
      [0x0a0a, 'cipher_0a0a'],
    ],
  },
  {
    table: signatureSchemeName,
    rows: [
      [0x0804, 'rsa_pss_rsae_sha256'],
      [0x0807, 'ed25519'],
      [0x0301, 'rsa_pkcs1_sha224'],
      [0xfefe, 'signature_scheme_fefe'],
    ],
  },
  {
    table: namedGroupName,
    rows: [
      [23, 'secp256r1'],
      [29, 'x25519'],
      [4588, 'X25519MLKEM768'],
      [0x2a2a, 'group_2a2a'],
    ],
  },
  {
    table: extensionName,
    rows: [
      [43, 'supported_versions'],
      [49, 'post_handshake_auth'],
      [6682, 'extension_6682'],
    ],
  },
  {
    table: clientCertificateTypeName,
    rows: [
      [1, 'rsa_sign'],
      [64, 'ecdsa_sign'],
      [99, 'certificate_type_99'],
    ],
  },
  {
    table: handshakeTypeName,
    rows: [
      [13, 'certificate_request'],
      [99, 'handshake_type_99'],
    ],
  },
  {
    table: versionName,
    rows: [
      [0x0304, 'TLSv1.3'],
      [0x0301, 'TLSv1'],
      [0x7a7a, 'version_7a7a'],
    ],
  },
] as const

for (const { table, rows } of tables) {
  t.test(table.name, async (t) => {
    for (const [code, name] of rows) t.equal(table(code), name)
  })
}

t.test('a version name gives its number back', async (t) => {
  t.equal(versionCode('TLSv1.2'), 0x0303)
  t.equal(versionCode('version_7a7a'), null)
  t.equal(versionCode('toString'), null)
})
