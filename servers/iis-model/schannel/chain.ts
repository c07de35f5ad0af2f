/**
 * Builds the chain of a client certificate as Windows does: from what the client sent and the machine's stores.
 * It says where the chain ends and which signatures hold, and judges nothing: that is verdict.ts.
 * Not here: AIA download.
 */
import { isSameCertificate, isSelfIssued } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import type { Trust } from './trust.ts'

export interface Chain {
  /** End entity first. */
  readonly elements: readonly Certificate[]
  /** `partial`: the last element's issuer is in no store and was not sent. */
  readonly end: 'trusted-root' | 'untrusted-root' | 'partial'
  /** Each element was signed by the next. A trusted root's own signature is not looked at. */
  readonly signaturesHold: boolean
}

/** Bound what one connection can make the server do: elements of a path, paths, and signatures to verify. */
const MAX_ELEMENTS = 32
const MAX_PATHS = 32
const MAX_SIGNATURES = 256

/**
 * The first path that is good; failing that, the best of them. So a cross certificate that leads nowhere does no harm.
 * @param sent The Certificate message in its order, end entity first.
 */
export function buildChain(
  sent: readonly [Certificate, ...Certificate[]],
  trust: Trust,
  isGood: (chain: Chain) => boolean = ({ end, signaturesHold }) => end === 'trusted-root' && signaturesHold,
): Chain {
  let best: Chain | null = null
  let paths = 0
  for (const chain of pathsOf(sent, trust)) {
    if (isGood(chain)) return chain
    if (best === null || quality(chain) > quality(best)) best = chain
    if (++paths === MAX_PATHS) break
  }
  // There is always a path: the end entity alone is one.
  return best ?? { elements: [sent[0]], end: 'partial', signaturesHold: true }
}

/** Signatures before trust, as in the table of verdicts; a root, trusted or not, before a chain cut short (inferred). */
const quality = ({ end, signaturesHold }: Chain): number =>
  (signaturesHold ? 3 : 0) + ['partial', 'untrusted-root', 'trusted-root'].indexOf(end)

/** Every path, depth first. An issuer that did not sign stands in a path only where nobody else did. */
function* pathsOf(
  [endEntity, ...others]: readonly [Certificate, ...Certificate[]],
  trust: Trust,
): Generator<Chain, undefined> {
  const known = [...trust.known, ...others]
  const signed = signatureBudget()

  function* extend(
    elements: readonly [...Certificate[], Certificate],
    signaturesHold: boolean,
  ): Generator<Chain, undefined> {
    const last = elements.at(-1) ?? endEntity
    if (has(trust.anchors, last)) {
      yield { elements, end: isAllowed(elements, trust) ? 'trusted-root' : 'untrusted-root', signaturesHold }
      return
    }
    const selfIssued = isSelfIssued(last)
    if (selfIssued && signed(last, last)) {
      yield { elements, end: 'untrusted-root', signaturesHold }
      return
    }
    const issuers = elements.length < MAX_ELEMENTS ? candidates(last, known, elements) : []
    let signers = 0
    for (const issuer of issuers) {
      if (!signed(last, issuer)) continue
      signers++
      yield* extend([...elements, issuer], signaturesHold)
    }
    if (signers > 0) return
    const [named] = issuers
    if (named) yield* extend([...elements, named], false)
    // Self-issued and signed by nobody known: a root with a bad signature rather than a chain cut short.
    else if (selfIssued) yield { elements, end: 'untrusted-root', signaturesHold: false }
    else yield { elements, end: 'partial', signaturesHold }
  }

  yield* extend([endEntity], true)
}

function isAllowed(elements: readonly Certificate[], { restrictedTo }: Trust): boolean {
  return restrictedTo === null || elements.some((element) => has(restrictedTo, element))
}

/** Certificates with the issuer's name, those with the key identifier that the issued certificate names first. */
function candidates(
  issued: Certificate,
  known: readonly Certificate[],
  used: readonly Certificate[],
): readonly Certificate[] {
  const named = known.filter(
    (candidate) => candidate.subjectDer.equals(issued.issuerDer) && !has(used, candidate),
  )
  if (named.length < 2) return named
  const { authorityKeyIdentifier } = issued
  const isNamedKey = ({ subjectKeyIdentifier }: Certificate) =>
    authorityKeyIdentifier !== null && subjectKeyIdentifier === authorityKeyIdentifier
  return [...named.filter(isNamedKey), ...named.filter((candidate) => !isNamedKey(candidate))]
}

/** Verifies each pair once, and none at all once the budget is spent: those count as not signed. */
function signatureBudget(): (issued: Certificate, issuer: Certificate) => boolean {
  const results = new Map<Certificate, Map<Certificate, boolean>>()
  let left = MAX_SIGNATURES
  return (issued, issuer) => {
    const ofIssued = results.get(issued) ?? new Map<Certificate, boolean>()
    results.set(issued, ofIssued)
    const result = ofIssued.get(issuer) ?? (left-- > 0 && issued.isSignedBy(issuer))
    ofIssued.set(issuer, result)
    return result
  }
}

const has = (certificates: readonly Certificate[], wanted: Certificate): boolean =>
  certificates.some((certificate) => isSameCertificate(certificate, wanted))
