/** The extensions block of a message. RFC 8446 §4.2. What stands inside an extension is the other files' matter. */
import { HarnessError } from '../../model/errors.ts'
import type { Extension } from '../../model/handshake-message.ts'
import type { ByteReader } from '../byte-reader.ts'
import { extensionName, extensionTypes } from '../extension-types.ts'
import type { ExtensionName } from '../extension-types.ts'

/** RFC 8446 §4.2: there MUST NOT be more than one extension of the same type in a block. */
export function readExtensions(message: ByteReader): readonly Extension[] {
  const reader = message.nested(2, 'extensions')
  const extensions: Extension[] = []
  const seen = new Set<number>()
  while (reader.remaining > 0) {
    const type = reader.uint(2, 'extension_type')
    const name = extensionName(type)
    if (seen.has(type)) {
      throw new HarnessError(
        'ERR_DUPLICATE_EXTENSION',
        `extension ${name} occurs more than once (RFC 8446 §4.2)`,
      )
    }
    seen.add(type)
    extensions.push({ type, name, data: reader.vector(2, name) })
  }
  return extensions
}

/** RFC 5246 §7.4.1.2: in TLS 1.2 hellos the whole block may be absent. */
export function readOptionalExtensions(message: ByteReader): readonly Extension[] {
  return message.remaining === 0 ? [] : readExtensions(message)
}

/** The data of an extension; null when it is absent. */
export function extensionData(extensions: readonly Extension[], name: ExtensionName): Uint8Array | null {
  return extensions.find(({ type }) => type === extensionTypes[name])?.data ?? null
}
