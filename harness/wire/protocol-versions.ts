/**
 * Protocol versions by number. RFC 8446 §4.1.2 and §4.2.1, with the spelling of OpenSSL and node:tls (`TLSv1.3`).
 */

export const protocolVersions = {
  SSLv3: 0x0300,
  TLSv1: 0x0301,
  'TLSv1.1': 0x0302,
  'TLSv1.2': 0x0303,
  'TLSv1.3': 0x0304,
} as const satisfies Record<string, number>

const names: ReadonlyMap<number, string> = new Map(
  Object.entries(protocolVersions).map(([name, code]) => [code, name]),
)

/** e.g. `TLSv1.3`, or `version_<hex>` for a number that is no version (GREASE, drafts). */
export function versionName(code: number): string {
  return names.get(code) ?? `version_${code.toString(16).padStart(4, '0')}`
}

/** The number behind a name of `versionName`; null for one that is no version. */
export function versionCode(name: string): number | null {
  return Object.hasOwn(protocolVersions, name)
    ? protocolVersions[name as keyof typeof protocolVersions]
    : null
}
