/**
 * Extensions that say everything by being there: their extension_data MUST be empty.
 * RFC 8446 §4.2.6 (post_handshake_auth), §4.2.10 (early_data in a ClientHello), RFC 7366 §2 (encrypt_then_mac).
 */
import { HarnessError } from '../../model/errors.ts'
import type { Extension } from '../../model/handshake-message.ts'
import { extensionData } from './extension-list.ts'

export type EmptyExtension = 'post_handshake_auth' | 'early_data' | 'encrypt_then_mac'

export function checkEmptyExtensions(
  extensions: readonly Extension[],
  names: readonly EmptyExtension[],
): void {
  for (const name of names) {
    const lengthBytes = extensionData(extensions, name)?.length ?? 0
    if (lengthBytes > 0) {
      throw new HarnessError(
        'ERR_EXTENSION_NOT_EMPTY',
        `extension ${name} has ${lengthBytes} bytes, expected 0`,
      )
    }
  }
}
