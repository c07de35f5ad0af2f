/** supported_versions: a list in ClientHello, one version in ServerHello and HelloRetryRequest. RFC 8446 §4.2.1. */
import { ByteReader } from '../byte-reader.ts'
import { versionName } from '../protocol-versions.ts'

export function decodeOfferedVersions(data: Uint8Array): readonly string[] {
  const reader = new ByteReader(data, 'supported_versions')
  const versions = reader.uint16s(1, 'versions')
  reader.end()
  return versions.map(versionName)
}

export function decodeSelectedVersion(data: Uint8Array): string {
  const reader = new ByteReader(data, 'supported_versions')
  const version = reader.uint(2, 'selected_version')
  reader.end()
  return versionName(version)
}
