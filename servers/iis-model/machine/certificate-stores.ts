/**
 * The certificate stores of LocalMachine that chains and CA lists are made from, by the names that Windows has for them.
 * CurrentUser's stores count for nothing [newbe], so there are none here.
 */
import type { Certificate } from '../schannel/certificate.ts'

/** `Root`, `CA` (Intermediate Certification Authorities), `ClientAuthIssuer`, or one of an administrator's own. */
export type StoreName = 'Root' | 'CA' | 'ClientAuthIssuer' | (string & {})

export interface CertificateStores {
  /** The members in the order of the store; empty for a store that does not exist. Names compare without case. */
  readonly store: (name: StoreName) => readonly Certificate[]
  /** Certificate trust lists by their friendly name: what `sslctlidentifier` refers to before IIS 8. */
  readonly trustLists: ReadonlyMap<string, readonly Certificate[]>
}

/** Of two stores whose names differ in case only, the later one counts. */
export function certificateStores(
  contents: Readonly<Record<string, readonly Certificate[]>>,
  trustLists: ReadonlyMap<string, readonly Certificate[]> = new Map(),
): CertificateStores {
  const stores = new Map(Object.entries(contents).map(([name, members]) => [name.toLowerCase(), members]))
  return { store: (name) => stores.get(name.toLowerCase()) ?? [], trustLists }
}
