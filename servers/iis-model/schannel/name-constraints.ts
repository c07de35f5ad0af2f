/**
 * Name constraints of the CAs in a chain. RFC 5280 §4.2.1.10. Forms that are not compared here (otherName,
 * uniformResourceIdentifier and the rest) are violated by any name of that form, as the RFC asks of an implementation
 * that does not process them; so says Microsoft's CERT_TRUST_HAS_NOT_SUPPORTED_NAME_CONSTRAINT [chainstatus].
 * Not here: emailAddress attributes of the subject, minimum and maximum.
 */
import { isSelfIssued } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { constructedTag, contextTag, decode, elementsOf, readElement, tags } from './der.ts'
import type { Element } from './der.ts'
import { extensionIds } from './extensions.ts'

/** @param elements End entity first. */
export function violatesNameConstraints(elements: readonly Certificate[]): boolean {
  return elements.some(({ nameConstraints }, index) => {
    if (nameConstraints === null) return false
    const bound = elements.slice(0, index).filter((element, at) => at === 0 || !isSelfIssued(element))
    try {
      return bound.length > 0 && !allows(decode(nameConstraints, tags.sequence), bound.flatMap(namesOf))
    } catch {
      return true
    }
  })
}

/** Bounds names times constraints: both can come from a client's chain. */
const MAX_COMPARISONS = 100_000

function allows(nameConstraints: Element, names: readonly Element[]): boolean {
  const subtrees = [...elementsOf(nameConstraints)]
  const permitted = basesOf(subtrees.find(({ tag }) => tag === constructedTag(0)))
  const excluded = basesOf(subtrees.find(({ tag }) => tag === constructedTag(1)))
  if ((permitted.length + excluded.length) * names.length > MAX_COMPARISONS) return false
  return names.every((name) => {
    const ofItsForm = ({ tag }: Element) => tag === name.tag
    const isPermitted = permitted.filter(ofItsForm)
    return (
      (isPermitted.length === 0 || isPermitted.some((base) => isWithin(name, base) === true)) &&
      excluded.filter(ofItsForm).every((base) => isWithin(name, base) === false)
    )
  })
}

const basesOf = (subtrees: Element | undefined): readonly Element[] =>
  subtrees ? [...elementsOf(subtrees)].map((subtree) => readElement(subtree.contents)) : []

/** The subject as a directoryName, unless it is empty, and every subjectAltName. */
function namesOf(certificate: Certificate): readonly Element[] {
  const subjectAltName = certificate.extension(extensionIds.subjectAltName)
  const subject = readElement(certificate.subjectDer)
  return [
    ...(subject.contents.length > 0 ? [{ ...subject, tag: DIRECTORY_NAME }] : []),
    ...(subjectAltName ? [...elementsOf(decode(subjectAltName, tags.sequence))].map(unwrapped) : []),
  ]
}

/** directoryName is explicitly tagged, because Name is a CHOICE: take the Name itself. */
const unwrapped = (name: Element): Element =>
  name.tag === DIRECTORY_NAME ? { ...readElement(name.contents), tag: DIRECTORY_NAME } : name

const RFC822_NAME = contextTag(1)
const DNS_NAME = contextTag(2)
const DIRECTORY_NAME = constructedTag(4)
const IP_ADDRESS = contextTag(7)

/** null: nobody can say. */
function isWithin(name: Element, base: Element): boolean | null {
  const comparison = comparisons.get(name.tag)
  return comparison ? comparison(name, unwrapped(base)) : null
}

const textOf = ({ contents }: Element): string => contents.toString('latin1').toLowerCase()

const comparisons: ReadonlyMap<number, (name: Element, base: Element) => boolean> = new Map([
  [DNS_NAME, (name, base) => isSubdomain(textOf(name), textOf(base))],
  [RFC822_NAME, (name, base) => isMailboxOf(textOf(name), textOf(base))],
  [DIRECTORY_NAME, (name, base) => startsWith(name.contents, base.contents)],
  [IP_ADDRESS, (name, base) => isInNetwork(name.contents, base.contents)],
])

function isSubdomain(name: string, base: string): boolean {
  const domain = base.replace(/^\./, '')
  return domain === '' || name === domain || name.endsWith(`.${domain}`)
}

/** A mailbox, a host, or a domain that starts with a period. */
function isMailboxOf(mailbox: string, base: string): boolean {
  if (base.includes('@')) return mailbox === base
  const host = mailbox.slice(mailbox.lastIndexOf('@') + 1)
  return base.startsWith('.') ? host.endsWith(base) : host === base
}

/** RelativeDistinguishedNames compare by their encodings, one after the other. */
function startsWith(name: Buffer, base: Buffer): boolean {
  return name.subarray(0, base.length).equals(base)
}

/** The base is the network and its mask, each as long as an address. */
function isInNetwork(address: Buffer, base: Buffer): boolean {
  if (base.length !== 2 * address.length) return false
  return address.every((octet, i) => {
    const mask = base[address.length + i] ?? 0
    return (octet & mask) === ((base[i] ?? 0) & mask)
  })
}
