/**
 * What is left of the server's flow for a TLS 1.2 client that ignores HelloRequest, as RFC 5246 §7.4.1.1 allows.
 * OpenSSL has no such client, so the record is kept from it. From then on nothing more gets through: with one record
 * missing, the sequence numbers of all that follow are wrong (RFC 5246 §6.2.3). The tap still sees every byte.
 */
const HEADER_BYTES = 5
const contentType = { changeCipherSpec: 20, handshake: 22 } as const

/**
 * hello: until the server's ChangeCipherSpec; changed: until the Finished behind it; open: until the next handshake
 * record; deaf: for good.
 */
type Stage = 'hello' | 'changed' | 'open' | 'deaf'

/** Gives the bytes that the client may read of those that arrived. */
export function deafToRenegotiation(): (arrived: Uint8Array) => Buffer {
  let stage: Stage = 'hello'
  /** Of a header that has not arrived as a whole: what it announces decides whether it passes. */
  let header: Buffer = Buffer.alloc(0)
  let remainingBytes = 0
  return (arrived) => {
    const passed: Uint8Array[] = []
    let offset = 0
    while (offset < arrived.length && stage !== 'deaf') {
      if (remainingBytes > 0) {
        const part = arrived.subarray(offset, offset + remainingBytes)
        passed.push(part)
        offset += part.length
        remainingBytes -= part.length
        continue
      }
      const part = arrived.subarray(offset, offset + HEADER_BYTES - header.length)
      header = Buffer.concat([header, part])
      offset += part.length
      if (header.length < HEADER_BYTES) break
      stage = after(stage, header.readUInt8(0))
      if (stage === 'deaf') break
      passed.push(header)
      remainingBytes = header.readUInt16BE(3)
      header = Buffer.alloc(0)
    }
    return Buffer.concat(passed)
  }
}

function after(stage: Stage, type: number): Stage {
  if (stage === 'hello') return type === contentType.changeCipherSpec ? 'changed' : stage
  if (type !== contentType.handshake) return stage
  return stage === 'changed' ? 'open' : 'deaf'
}
