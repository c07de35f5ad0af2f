/**
 * One-to-one entries of iisClientCertificateMappingAuthentication: the whole certificate, byte for byte, so a
 * re-issued one with the same subject and key is another [iis6-1to1] [iiscm].
 */
import type { OneToOneMapping } from '../configuration/settings.ts'
import type { Certificate } from '../schannel/certificate.ts'
import { readMappedCertificate } from './mapped-certificate.ts'

export type OneToOneResult =
  | { readonly kind: 'matched'; readonly mapping: OneToOneMapping }
  /** The search came to an entry that nobody can decode, and ends there. */
  | { readonly kind: 'malformed'; readonly hresult: number }

/**
 * In the order of the list. An entry is decoded when the search comes to it, so a damaged one harms only those whose
 * own entry does not stand before it (inferred).
 */
export function findOneToOne(
  certificate: Pick<Certificate, 'der'>,
  mappings: readonly OneToOneMapping[],
): OneToOneResult | null {
  for (const mapping of mappings) {
    if (!mapping.enabled) continue
    const mapped = readMappedCertificate(mapping.certificate)
    if (mapped.kind === 'malformed') return mapped
    if (Buffer.compare(mapped.der, certificate.der) === 0) return { kind: 'matched', mapping }
  }
  return null
}
