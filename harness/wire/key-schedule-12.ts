/**
 * From the master secret to the keys of both directions. RFC 5246 §5 (PRF) and §6.3 (key_block).
 * The key log supplies the master secret, extended (RFC 7627) or not, so how it came to be is not here.
 */
import { createHmac } from 'node:crypto'
import type { CipherSuite, HashAlgorithm } from './cipher-suite.ts'

/** The keys of one direction. */
export interface WriteKeys {
  readonly macKey: Uint8Array
  readonly key: Uint8Array
  /** The implicit part of the nonce; empty where the suite derives none. */
  readonly iv: Uint8Array
}

export interface KeyBlockInput {
  readonly suite: CipherSuite
  readonly masterSecret: Uint8Array
  readonly clientRandom: Uint8Array
  readonly serverRandom: Uint8Array
}

/** The key block, cut into client and server MAC keys, keys and IVs. RFC 5246 §6.3. */
export function keyBlock(input: KeyBlockInput): { readonly client: WriteKeys; readonly server: WriteKeys } {
  const { suite, masterSecret, clientRandom, serverRandom } = input
  const { macLength, encKeyLength, fixedIvLength } = suite
  // The server's random goes first, unlike in the derivation of the master secret.
  const seed = Buffer.concat([serverRandom, clientRandom])
  const lengthBytes = 2 * (macLength + encKeyLength + fixedIvLength)
  const block = prf(suite.hash, masterSecret, 'key expansion', seed, lengthBytes)

  let offset = 0
  const take = (length: number): Uint8Array => block.subarray(offset, (offset += length))
  const [clientMacKey, serverMacKey] = [take(macLength), take(macLength)]
  const [clientKey, serverKey] = [take(encKeyLength), take(encKeyLength)]
  const [clientIv, serverIv] = [take(fixedIvLength), take(fixedIvLength)]
  return {
    client: { macKey: clientMacKey, key: clientKey, iv: clientIv },
    server: { macKey: serverMacKey, key: serverKey, iv: serverIv },
  }
}

/** PRF(secret, label, seed) = P_hash(secret, label + seed). RFC 5246 §5. */
export function prf(
  hash: HashAlgorithm,
  secret: Uint8Array,
  label: string,
  seed: Uint8Array,
  lengthBytes: number,
): Uint8Array {
  const labelAndSeed = Buffer.concat([Buffer.from(label, 'latin1'), seed])
  const blocks: Uint8Array[] = []
  let a: Uint8Array = labelAndSeed
  for (let done = 0; done < lengthBytes;) {
    a = createHmac(hash, secret).update(a).digest()
    const block = createHmac(hash, secret).update(a).update(labelAndSeed).digest()
    blocks.push(block)
    done += block.length
  }
  return Buffer.concat(blocks).subarray(0, lengthBytes)
}
