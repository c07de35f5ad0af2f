/**
 * What a binding trusts: where chains may end, and where issuers are looked for. ClientAuthTrustMode and the
 * caller's store of IIS 8 and later [schan], certificate trust lists before.
 */
import type { SslCert } from '../http-sys/ssl-cert.ts'
import type { Machine } from '../machine/machine.ts'
import { isSelfIssued } from './certificate.ts'
import type { Certificate } from './certificate.ts'

export interface Trust {
  /** A chain that reaches one of these is trusted, and ends there. */
  readonly anchors: readonly Certificate[]
  /** The chain has to contain one of these besides; null: no such list. */
  readonly restrictedTo: readonly Certificate[] | null
  /** Certificates of the machine that issuers are looked for among, in the order of preference. */
  readonly known: readonly Certificate[]
}

type Part = Pick<Machine, 'profile' | 'registry' | 'stores'>

export function trustOf(machine: Part, sslCert: SslCert): Trust {
  const { profile, stores } = machine
  const own = callersStore(machine, sslCert)
  return {
    anchors: isSpoiled(machine, own) ? [] : anchorsOf(machine, own),
    restrictedTo: profile.caList.ctl === 'names-a-store' ? null : trustList(machine, sslCert),
    known: [...new Set([...stores.store('Root'), ...stores.store('CA'), ...own])],
  }
}

/**
 * The store that a binding's issuers are in, since IIS 8 [schan]. That ClientAuthIssuer is used without being named
 * is in conflict: the documents say so, two field reports needed sslctlstorename for it [itecnotes] [openeid].
 */
export function callersStore(
  { stores }: Pick<Machine, 'stores'>,
  { sslctlstorename }: SslCert,
): readonly Certificate[] {
  if (sslctlstorename !== null) return stores.store(sslctlstorename)
  const issuers = stores.store('ClientAuthIssuer')
  return issuers.length > 0 ? issuers : stores.store('Root')
}

/** Before IIS 8: the CTL of the binding; null for none, and for an identifier that no CTL has (inferred). */
export function trustList(
  { stores }: Pick<Machine, 'stores'>,
  { sslctlidentifier }: SslCert,
): readonly Certificate[] | null {
  return (sslctlidentifier !== null && stores.trustLists.get(sslctlidentifier)) || null
}

/**
 * Mode 0 trusts the machine's roots, in the issuers' list or not: the document asks for both, default servers with no
 * list accept [iisid]. Mode 1 trusts roots of the caller's store, mode 2 its intermediates as well [schan].
 * Before IIS 8 there is no ClientAuthTrustMode.
 */
function anchorsOf({ profile, registry, stores }: Part, own: readonly Certificate[]): readonly Certificate[] {
  const mode = profile.caList.ctl === 'names-a-store' ? registry.ClientAuthTrustMode : 0
  if (mode === 2) return own
  return (mode === 1 ? own : stores.store('Root')).filter(isSelfIssued)
}

/**
 * [kb2802568]. inferred: a binding that asks nothing of Root is spared, and so is mode 2, which wants such certificates.
 */
export function isSpoiled({ profile, registry, stores }: Part, own: readonly Certificate[]): boolean {
  const root = stores.store('Root')
  const asksRoot = registry.ClientAuthTrustMode === 0 || (registry.ClientAuthTrustMode === 1 && own === root)
  return profile.spoiledByNonSelfSignedRoot && asksRoot && !root.every(isSelfIssued)
}
