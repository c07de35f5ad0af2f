/** TLS presentation language for tests: the opposite direction of byte-reader.ts. RFC 8446 §3. */

export function uint(width: number, value: number): Buffer {
  const bytes = Buffer.alloc(width)
  bytes.writeUIntBE(value, 0, width)
  return bytes
}

export function vector(width: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([uint(width, content.length), content])
}

export function extension(type: number, data: Uint8Array): Buffer {
  return Buffer.concat([uint(2, type), vector(2, data)])
}

export function handshake(type: number, ...body: readonly Uint8Array[]): Buffer {
  return Buffer.concat([uint(1, type), vector(3, ...body)])
}

export function record(contentType: number, fragment: Uint8Array, version = 0x0303): Buffer {
  return Buffer.concat([uint(1, contentType), uint(2, version), vector(2, fragment)])
}

export function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(' ', ''), 'hex')
}

/** RFC 8446 §4.1.3: the random that makes a ServerHello a HelloRetryRequest. */
export const helloRetryRandom = hex('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c')

interface Hello {
  readonly version?: number
  readonly random?: Uint8Array
  readonly sessionId?: Uint8Array
  readonly extensions?: readonly Uint8Array[] | null
}

/** A ClientHello that offers TLS_AES_128_GCM_SHA256. `extensions: null` leaves the block out. */
export function clientHello(hello: Hello = {}): Buffer {
  const suites = vector(2, uint(2, 0x1301))
  return handshake(1, ...helloStart(hello), suites, vector(1, uint(1, 0)), ...helloEnd(hello))
}

export function serverHello({ suite = 0x1301, ...hello }: Hello & { readonly suite?: number } = {}): Buffer {
  return handshake(2, ...helloStart(hello), uint(2, suite), uint(1, 0), ...helloEnd(hello))
}

function helloStart({ version = 0x0303, random = Buffer.alloc(32, 7), sessionId = Buffer.alloc(0) }: Hello) {
  return [uint(2, version), random, vector(1, sessionId)]
}

function helloEnd({ extensions = null }: Hello): readonly Buffer[] {
  return extensions === null ? [] : [vector(2, ...extensions)]
}
