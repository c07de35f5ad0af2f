/**
 * What a cipher suite uses, read from the parts of its IANA name. RFC 5246 §6.2.3 and Appendix C, RFC 5288,
 * RFC 5289, RFC 6655, RFC 7905, RFC 8446 Appendix B.4.
 * Key exchange and authentication do not matter here: the key log already holds the secret.
 * Not here: RC4, single DES, Camellia-GCM and whatever else `node:crypto` lacks.
 */

/** Names that `node:crypto` knows. */
export type HashAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha384'

/** Lengths are in bytes and named after RFC 5246 §6.1. */
interface Lengths {
  readonly encKeyLength: number
  /** The part of the nonce that comes from the key schedule. */
  readonly fixedIvLength: number
  /** The part of the nonce that travels in each record; with CBC the IV, one block long. */
  readonly recordIvLength: number
  /** The authentication tag of the AEAD; 0 without AEAD. */
  readonly tagLength: number
}

interface AeadCipher extends Lengths {
  readonly construction: 'aead'
  /** The name in `node:crypto`. */
  readonly algorithm: string
}

interface MacCipher extends Lengths {
  /** `null` is NULL encryption. RFC 5246 §6.2.3.1. */
  readonly construction: 'cbc' | 'null'
  /** The name in `node:crypto`; empty for NULL. */
  readonly algorithm: string
}

interface Suite {
  /** The IANA name. */
  readonly name: string
  readonly version: '1.2' | '1.3'
  /** Of the PRF (TLS 1.2) or of HKDF (TLS 1.3). */
  readonly hash: HashAlgorithm
}

export interface AeadSuite extends AeadCipher, Suite {
  readonly mac: null
  readonly macLength: 0
}

/** A suite of TLS 1.2 whose records carry a MAC. */
export interface MacSuite extends MacCipher, Suite {
  readonly mac: HashAlgorithm
  /** mac_length and mac_key_length, which are the same in every suite. */
  readonly macLength: number
}

export type CipherSuite = AeadSuite | MacSuite

/** Each name is read once; what is no suite is not kept, so the table stays small. */
const read = new Map<string, CipherSuite>()

/** The suite with this IANA name; null for one that is unknown, or not usable with TLS 1.2 or 1.3. */
export function cipherSuite(name: string): CipherSuite | null {
  const known = read.get(name)
  if (known !== undefined) return known
  const suite = readName(name)
  if (suite !== null) read.set(name, suite)
  return suite
}

function readName(name: string): CipherSuite | null {
  if (!name.startsWith(PREFIX)) return null
  // Without `_WITH_` it is a name of TLS 1.3: RFC 8446 Appendix B.4.
  const withAt = name.indexOf(WITH)
  const cipherAndHash = withAt < 0 ? name.slice(PREFIX.length) : name.slice(withAt + WITH.length)
  const lastPartAt = cipherAndHash.lastIndexOf('_')
  const lastPart = cipherAndHash.slice(lastPartAt + 1)
  const suffix = macs.has(lastPart) ? lastPart : null
  const cipher = ciphers.get(suffix === null ? cipherAndHash : cipherAndHash.slice(0, lastPartAt))
  if (cipher === undefined) return null
  return withAt < 0 ? suite13(name, cipher, suffix) : suite12(name, cipher, suffix)
}

const PREFIX = 'TLS_'
const WITH = '_WITH_'

function suite13(name: string, cipher: AeadCipher | MacCipher, suffix: string | null): AeadSuite | null {
  const hash = prfHashes.get(suffix ?? '')
  if (cipher.construction !== 'aead' || hash === undefined) return null
  const ivLengths = { fixedIvLength: IV_LENGTH_13, recordIvLength: 0 }
  return { ...cipher, ...ivLengths, name, version: '1.3', hash, mac: null, macLength: 0 }
}

function suite12(name: string, cipher: AeadCipher | MacCipher, suffix: string | null): CipherSuite | null {
  if (cipher.construction === 'aead') {
    const hash = prfHashes.get(suffix ?? CCM_HASH)
    return hash === undefined ? null : { ...cipher, name, version: '1.2', hash, mac: null, macLength: 0 }
  }
  const mac = macs.get(suffix ?? '')
  const hash = prfHashes.get(suffix ?? '') ?? 'sha256'
  return mac === undefined ? null : { ...cipher, ...mac, name, version: '1.2', hash }
}

/** RFC 8446 §5.3: the larger of 8 and N_MIN, which is 12 for every AEAD below. */
const IV_LENGTH_13 = 12

/** RFC 6655 §3: most CCM suites of TLS 1.2 name no hash; theirs is SHA-256. */
const CCM_HASH = 'SHA256'

/** RFC 5246 §5: the PRF uses SHA-256 or stronger, so `SHA` and `MD5` in a name are those of the MAC only. */
const prfHashes: ReadonlyMap<string, HashAlgorithm> = new Map([
  ['SHA256', 'sha256'],
  ['SHA384', 'sha384'],
])

/** RFC 5246 Appendix C, RFC 5289 §3.1. */
const macs: ReadonlyMap<string, { readonly mac: HashAlgorithm; readonly macLength: number }> = new Map([
  ['MD5', { mac: 'md5', macLength: 16 }],
  ['SHA', { mac: 'sha1', macLength: 20 }],
  ['SHA256', { mac: 'sha256', macLength: 32 }],
  ['SHA384', { mac: 'sha384', macLength: 48 }],
])

const ciphers: ReadonlyMap<string, AeadCipher | MacCipher> = new Map<string, AeadCipher | MacCipher>([
  ['AES_128_GCM', saltedAead('aes-128-gcm', 16, 16)],
  ['AES_256_GCM', saltedAead('aes-256-gcm', 32, 16)],
  ['AES_128_CCM', saltedAead('aes-128-ccm', 16, 16)],
  ['AES_256_CCM', saltedAead('aes-256-ccm', 32, 16)],
  ['AES_128_CCM_8', saltedAead('aes-128-ccm', 16, 8)],
  ['AES_256_CCM_8', saltedAead('aes-256-ccm', 32, 8)],
  ['ARIA_128_GCM', saltedAead('aria-128-gcm', 16, 16)],
  ['ARIA_256_GCM', saltedAead('aria-256-gcm', 32, 16)],
  ['CHACHA20_POLY1305', chacha20Poly1305()],
  ['AES_128_CBC', cbc('aes-128-cbc', 16, 16)],
  ['AES_256_CBC', cbc('aes-256-cbc', 32, 16)],
  ['CAMELLIA_128_CBC', cbc('camellia-128-cbc', 16, 16)],
  ['CAMELLIA_256_CBC', cbc('camellia-256-cbc', 32, 16)],
  ['ARIA_128_CBC', cbc('aria-128-cbc', 16, 16)],
  ['ARIA_256_CBC', cbc('aria-256-cbc', 32, 16)],
  ['3DES_EDE_CBC', cbc('des-ede3-cbc', 24, 8)],
  ['NULL', nullCipher()],
])

/** RFC 5288 §3 and RFC 6655 §3: a salt of four bytes, and an explicit nonce of eight in each record. */
function saltedAead(algorithm: string, encKeyLength: number, tagLength: number): AeadCipher {
  return { construction: 'aead', algorithm, encKeyLength, fixedIvLength: 4, recordIvLength: 8, tagLength }
}

/** RFC 7905 §2: the whole nonce is implicit. */
function chacha20Poly1305(): AeadCipher {
  const lengths = { encKeyLength: 32, fixedIvLength: 12, recordIvLength: 0, tagLength: 16 }
  return { construction: 'aead', algorithm: 'chacha20-poly1305', ...lengths }
}

/** RFC 5246 §6.2.3.2: a fresh IV travels in each record; none is derived. */
function cbc(algorithm: string, encKeyLength: number, recordIvLength: number): MacCipher {
  return { construction: 'cbc', algorithm, encKeyLength, fixedIvLength: 0, recordIvLength, tagLength: 0 }
}

function nullCipher(): MacCipher {
  const lengths = { encKeyLength: 0, fixedIvLength: 0, recordIvLength: 0, tagLength: 0 }
  return { construction: 'null', algorithm: '', ...lengths }
}
