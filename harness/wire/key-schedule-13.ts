/**
 * From a traffic secret to a write key and IV, and to the next traffic secret. RFC 8446 §7.1 to §7.3, RFC 5869 §2.3.
 * The key log supplies the traffic secrets, so the part of the schedule above them is not here.
 */
import { createHmac } from 'node:crypto'
import { HarnessError } from '../model/errors.ts'
import type { CipherSuite, HashAlgorithm } from './cipher-suite.ts'
import { cipherSuite } from './cipher-suite.ts'

export interface TrafficKeys {
  readonly key: Uint8Array
  readonly iv: Uint8Array
}

/**
 * The write key and IV of one traffic secret. RFC 8446 §7.3.
 * @throws HarnessError ERR_UNKNOWN_CIPHER_SUITE
 */
export function trafficKeys(suite: string, trafficSecret: Uint8Array): TrafficKeys {
  const { hash, encKeyLength, fixedIvLength } = knownSuite(suite)
  return {
    key: hkdfExpandLabel(hash, trafficSecret, 'key', EMPTY, encKeyLength),
    iv: hkdfExpandLabel(hash, trafficSecret, 'iv', EMPTY, fixedIvLength),
  }
}

/**
 * The traffic secret after a KeyUpdate. RFC 8446 §7.2.
 * @throws HarnessError ERR_UNKNOWN_CIPHER_SUITE
 */
export function nextTrafficSecret(suite: string, secret: Uint8Array): Uint8Array {
  const { hash } = knownSuite(suite)
  return hkdfExpandLabel(hash, secret, 'traffic upd', EMPTY, secret.length)
}

/** HKDF-Expand-Label(Secret, Label, Context, Length). RFC 8446 §7.1. */
export function hkdfExpandLabel(
  hash: HashAlgorithm,
  secret: Uint8Array,
  label: string,
  context: Uint8Array,
  lengthBytes: number,
): Uint8Array {
  return hkdfExpand(hash, secret, hkdfLabel(label, context, lengthBytes), lengthBytes)
}

const EMPTY = new Uint8Array(0)

/** `struct { uint16 length; opaque label<7..255>; opaque context<0..255>; } HkdfLabel` */
function hkdfLabel(label: string, context: Uint8Array, lengthBytes: number): Uint8Array {
  const prefixed = Buffer.from(`tls13 ${label}`, 'latin1')
  return Buffer.concat([
    Uint8Array.of(lengthBytes >> 8, lengthBytes & 0xff, prefixed.length),
    prefixed,
    Uint8Array.of(context.length),
    context,
  ])
}

/** RFC 5869 §2.3. `hkdfSync` of node:crypto always extracts first, which a traffic secret has behind it. */
function hkdfExpand(hash: HashAlgorithm, prk: Uint8Array, info: Uint8Array, lengthBytes: number): Uint8Array {
  const blocks: Uint8Array[] = []
  let block: Uint8Array = EMPTY
  for (let done = 0, counter = 1; done < lengthBytes; done += block.length, counter += 1) {
    block = createHmac(hash, prk).update(block).update(info).update(Uint8Array.of(counter)).digest()
    blocks.push(block)
  }
  const [only] = blocks
  return (blocks.length === 1 && only !== undefined ? only : Buffer.concat(blocks)).subarray(0, lengthBytes)
}

function knownSuite(name: string): CipherSuite {
  const suite = cipherSuite(name)
  if (suite?.version !== '1.3') {
    throw new HarnessError('ERR_UNKNOWN_CIPHER_SUITE', `expected a TLS 1.3 cipher suite, got ${name}`, {
      hint: 'RFC 8446 Appendix B.4 lists them',
    })
  }
  return suite
}
