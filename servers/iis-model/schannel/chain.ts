/**
 * Builds the chain of a client certificate as Windows does: from what the client sent and the machine's stores.
 * It says where the chain ends and which signatures hold, and judges nothing: that is verdict.ts.
 * Not yet: AIA download, cross certificates (the first issuer that signed is taken and never reconsidered).
 */
import { isSelfIssued } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import type { MachineStores } from '../machine/machine-stores.ts'

export interface Chain {
  /** End entity first. */
  readonly elements: readonly Certificate[]
  /** `partial`: the last element's issuer is in no store and was not sent. */
  readonly end: 'trusted-root' | 'untrusted-root' | 'partial'
  /** Each element was signed by the next. A trusted root's own signature is not looked at. */
  readonly signaturesHold: boolean
}

/** Bounds the signatures that one connection can make the server verify. */
const MAX_ELEMENTS = 32

/** @param sent The Certificate message in its order, end entity first. */
export function buildChain(sent: readonly [Certificate, ...Certificate[]], stores: MachineStores): Chain {
  const [endEntity, ...others] = sent
  const known = [...stores.root, ...stores.ca, ...others]
  const elements = [endEntity]
  let signaturesHold = true
  let last: Certificate = endEntity
  for (;;) {
    const root = rootKind(last, stores)
    if (root) return { elements, end: root, signaturesHold }

    const issuer = findIssuer(last, known, elements)
    if (issuer === null || elements.length === MAX_ELEMENTS) {
      // Self-issued and signed by nobody known: a root with a bad signature rather than a chain cut short.
      return isSelfIssued(last)
        ? { elements, end: 'untrusted-root', signaturesHold: false }
        : { elements, end: 'partial', signaturesHold }
    }
    signaturesHold &&= issuer.signed
    elements.push(issuer.certificate)
    last = issuer.certificate
  }
}

/** null: not a root. Only a self-issued certificate is one: another in Root is no trust anchor [kb2802568]. */
function rootKind(
  certificate: Certificate,
  { root }: MachineStores,
): 'trusted-root' | 'untrusted-root' | null {
  if (!isSelfIssued(certificate)) return null
  if (root.some((trusted) => isSame(trusted, certificate))) return 'trusted-root'
  return certificate.isSignedBy(certificate) ? 'untrusted-root' : null
}

/** Of the certificates with the issuer's name, the first that signed; failing that, the first. */
function findIssuer(
  issued: Certificate,
  known: readonly Certificate[],
  used: readonly Certificate[],
): { readonly certificate: Certificate; readonly signed: boolean } | null {
  const named = known.filter(
    (candidate) => candidate.subject === issued.issuer && !used.some((element) => isSame(element, candidate)),
  )
  const signer = named.find((candidate) => issued.isSignedBy(candidate))
  if (signer) return { certificate: signer, signed: true }
  return named[0] ? { certificate: named[0], signed: false } : null
}

const isSame = (one: Certificate, other: Certificate): boolean => one === other || one.der.equals(other.der)
