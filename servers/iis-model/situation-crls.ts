/** What CryptoAPI's cache holds before a situation begins: the CRLs of every distribution point that is reachable. */
import { crlUrl } from '../../harness/model/crl-location.ts'
import type { Pki } from '../../harness/model/identity.ts'
import type { Situation } from './situation.ts'

/** By URL; PEM or DER. */
export function cachedCrls({ cachedCrls: kind }: Situation, pki: Pki): ReadonlyMap<string, Uint8Array> {
  if (kind === undefined) return new Map()
  return new Map(
    Object.values(pki.authorities).map(({ name, crlPem, staleCrlPem }) => [
      crlUrl(pki.distributionPoint, name, 'current'),
      Buffer.from(kind === 'stale' ? staleCrlPem : crlPem),
    ]),
  )
}
