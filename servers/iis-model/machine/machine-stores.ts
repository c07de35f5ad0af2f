/**
 * The certificate stores of the local machine that a chain is built from. Windows looks at LocalMachine only:
 * a root in CurrentUser\Root counts for nothing [newbe].
 */
import { X509Certificate } from 'node:crypto'
import type { AuthorityName, Pki } from '../../../harness/model/identity.ts'
import { parseCertificate } from '../schannel/certificate.ts'
import type { Certificate } from '../schannel/certificate.ts'

export interface MachineStores {
  /** Trusted Root Certification Authorities. */
  readonly root: readonly Certificate[]
  /** Intermediate Certification Authorities: known, and trusted for nothing. */
  readonly ca: readonly Certificate[]
}

/**
 * The situation that the articles about 403.16 describe: the machine knows the issuing root, but has it in the wrong
 * store [kb2802568] [itq]. So an untrusted root is CERT_E_UNTRUSTEDROOT and not CERT_E_CHAINING.
 */
const KNOWN_BUT_UNTRUSTED = ['root-b'] as const satisfies readonly AuthorityName[]

export function machineStores(pki: Pki, trust: readonly AuthorityName[]): MachineStores {
  const certificates = (names: readonly AuthorityName[]) =>
    names.map((name) => parseCertificate(new X509Certificate(pki.authorities[name].certificate.der)))
  return { root: certificates(trust), ca: certificates(KNOWN_BUT_UNTRUSTED) }
}
