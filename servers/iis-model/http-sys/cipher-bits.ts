/** Bits of the symmetric key of a cipher suite, by its IANA name: what Ssl128 and CERT_KEYSIZE ask for. node:tls gives names only. */

/** By the cipher's part of the name, e.g. of TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256. */
const bits: Readonly<Record<string, number>> = {
  NULL: 0,
  RC2_CBC_40: 40,
  RC4_40: 40,
  DES40: 40,
  DES: 56,
  RC4_128: 128,
  IDEA: 128,
  SEED: 128,
  AES_128: 128,
  CAMELLIA_128: 128,
  ARIA_128: 128,
  // As Schannel counts: three keys of 56 bits. RFC 5246 appendix C counts the 24 bytes.
  '3DES_EDE': 168,
  AES_256: 256,
  CAMELLIA_256: 256,
  ARIA_256: 256,
  CHACHA20: 256,
}

/** Longest first: 3DES_EDE before DES. */
const ciphers = Object.entries(bits).sort(([a], [b]) => b.length - a.length)

/** 0 for a name that nobody knows: an unknown cipher is a weak one. */
export function cipherBits(suite: string): number {
  const cipher = suite.replace(/^(TLS|SSL)_(.*_WITH_)?/, '')
  return ciphers.find(([name]) => cipher.startsWith(name))?.[1] ?? 0
}
