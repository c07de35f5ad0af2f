/**
 * CRYPT_PROTOCOL, CRYPT_CIPHER_ALG_ID, CRYPT_HASH_ALG_ID and CRYPT_KEYEXCHANGE_ALG_ID: SP_PROT_* and ALG_ID values of
 * schannel.h and wincrypt.h in hex, as QueryContextAttributes reports them [srvvars]. The values are public constants;
 * which one stands for a suite is inferred for TLS 1.3 and for suites with an AEAD cipher.
 */
import type { ConnectionCipher } from './server-variables.ts'

/** SP_PROT_*_SERVER. */
const protocols: Readonly<Record<string, string>> = {
  TLSv1: '40',
  'TLSv1.1': '100',
  'TLSv1.2': '400',
  'TLSv1.3': '1000',
}

/** A row applies when its pattern is in the suite's name; the first one wins. Both spellings: IANA's and OpenSSL's. */
type Table = readonly (readonly [pattern: RegExp, algId: string])[]

const ciphers: Table = [
  [/AES[-_]?128/, '660e'],
  [/AES[-_]?256/, '6610'],
  [/3DES|DES-CBC3/, '6603'],
  [/RC4/, '6801'],
]

/** The hash of the suite's name: the MAC of a CBC suite, otherwise that of the PRF. */
const hashes: Table = [
  [/SHA384$/, '800d'],
  [/SHA256$/, '800c'],
  [/SHA$/, '8004'],
  [/MD5$/, '8003'],
]

/** A name that says nothing is TLS 1.3's, which exchanges keys on curves, or RSA's in OpenSSL's spelling. */
const keyExchanges: Table = [
  [/^(TLS_)?ECDHE/, 'ae06'],
  [/^(TLS_)?DHE/, 'aa02'],
  [/^TLS_(AES|CHACHA20)/, 'ae06'],
  [/^(TLS_RSA_|AES|DES|RC4)/, 'a400'],
]

/** Empty for plain HTTP and for what is in no table. */
export function cryptVariables(tls: ConnectionCipher | null): Record<string, string> {
  const suite = tls?.cipherSuite ?? ''
  return {
    CRYPT_CIPHER_ALG_ID: lookUp(ciphers, suite),
    CRYPT_HASH_ALG_ID: lookUp(hashes, suite),
    CRYPT_KEYEXCHANGE_ALG_ID: lookUp(keyExchanges, suite),
    CRYPT_PROTOCOL: protocols[tls?.protocol ?? ''] ?? '',
  }
}

function lookUp(table: Table, suite: string): string {
  return table.find(([pattern]) => pattern.test(suite))?.[1] ?? ''
}
