/** What IIS's schema does not have: the refusals of elements, attributes and text, with a hint where one can be given. */
import { configurationError, type Position } from './configuration-error.ts'
import { lockAttributes } from './element-schema.ts'
import { alternatives, printable, quoted } from './quoted.ts'
import type { XmlElement } from './xml-tree.ts'

/** Attributes that put the contents of the element somewhere else. */
const elsewhere = new Map([
  ['configSource', 'put the contents of that file here'],
  ['file', 'put the contents of that file here'],
  ['configProtectionProvider', 'decrypt the section on its machine, e.g. with aspnet_regiis -pdf'],
])

export function refuseAttribute(
  element: XmlElement,
  name: string,
  at: Position,
  known: readonly string[],
): never {
  const instead = elsewhere.get(name)
  if (instead !== undefined)
    throw configurationError(
      at,
      `<${element.name}> has ${name}, expected its contents in this file`,
      `other files are not read: ${instead}`,
    )
  throw configurationError(
    at,
    `unrecognized attribute ${quoted(name)} of <${element.name}>, expected ${alternatives(known)}`,
    spellingHint(name, [...known, ...lockAttributes]),
  )
}

export function refuseElement(child: XmlElement, parent: XmlElement, known: readonly string[]): never {
  throw configurationError(
    child.at,
    `unrecognized element <${printable(child.name)}> in <${parent.name}>, expected ${alternatives(known)}`,
    spellingHint(child.name, known),
  )
}

export function refuseSecond(child: XmlElement, first: Position | undefined): never {
  throw configurationError(
    child.at,
    `a second <${child.name}>, expected one`,
    `the first is in line ${first?.line ?? 0}: make one of the two`,
  )
}

/** Refuses text between elements; also for those that are no section. That IIS does too is inferred. */
export function refuseText({ name, text }: XmlElement): void {
  if (text === null) return
  throw configurationError(
    text,
    `text in <${printable(name)}>, expected elements only`,
    'remove it, or make it a comment',
  )
}

export function spellingHint(name: string, known: readonly string[]): string {
  const right = known.find((other) => other.toLowerCase() === name.toLowerCase())
  return right === undefined
    ? 'IIS answers 500.19 to a name that its schema does not have'
    : `names are case-sensitive: write ${right}`
}
