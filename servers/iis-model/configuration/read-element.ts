/**
 * One element of a known section against its schema: what the file says there, typed, with positions, and nothing that
 * it inherits. IIS answers 500.19 to whatever its schema does not have, so everything unknown is refused here.
 * IIS's XML is case-sensitive for names. What the levels make of it together is layers.ts.
 */
import { configurationError, type Position } from './configuration-error.ts'
import type { AttributeSchema, AttributeValue, CollectionSchema, ElementSchema } from './element-schema.ts'
import type { Notes } from './notes.ts'
import { readPassword, type Passwords } from './password.ts'
import { alternatives, printable, quoted } from './quoted.ts'
import { defaultValue, expectedValue, readValue } from './values.ts'
import type { XmlAttribute, XmlElement } from './xml-tree.ts'

/** What one file says in one place. */
export interface Change {
  readonly at: Position
  readonly attributes: ReadonlyMap<string, ReadAttribute>
  readonly elements: ReadonlyMap<string, Change>
  readonly operations: readonly CollectionOperation[]
  /** lockAttributes and its kin. */
  readonly locks: ReadonlyMap<LockAttribute, string>
}

export interface ReadAttribute {
  readonly at: Position
  readonly value: AttributeValue
}

export type CollectionOperation =
  | { readonly kind: 'clear'; readonly at: Position }
  | { readonly kind: 'remove'; readonly at: Position; readonly key: string }
  | {
      readonly kind: 'add'
      readonly at: Position
      readonly key: string
      /** The key in IIS's words, for a message. */
      readonly keyText: () => string
      readonly element: string
      readonly entry: Change
    }

export interface ReadingContext {
  readonly notes: Notes
  readonly passwords: Passwords
}

/** Allowed on every element of every section. */
const lockAttributes = [
  'lockAttributes',
  'lockAllAttributesExcept',
  'lockElements',
  'lockAllElementsExcept',
  'lockItem',
] as const

export type LockAttribute = (typeof lockAttributes)[number]

/** Attributes that put the contents of the element somewhere else. */
const elsewhere = new Map([
  ['configSource', 'put the contents of that file here'],
  ['file', 'put the contents of that file here'],
  ['configProtectionProvider', 'decrypt the section on its machine, e.g. with aspnet_regiis -pdf'],
])

export function readElement(element: XmlElement, schema: ElementSchema, context: ReadingContext): Change {
  return schema.open ? emptyChange(element.at) : readChange(element, schema, context)
}

function emptyChange(at: Position): Change {
  return { at, attributes: new Map(), elements: new Map(), operations: [], locks: new Map() }
}

function readChange(element: XmlElement, schema: ElementSchema, context: ReadingContext): Change {
  refuseText(element)
  const attributes = new Map<string, ReadAttribute>()
  const locks = new Map<LockAttribute, string>()
  for (const [name, attribute] of element.attributes) {
    const lock = lockAttributes.find((known) => known === name)
    if (lock === undefined)
      attributes.set(name, {
        at: attribute.at,
        value: readAttribute(element, name, attribute, schema.attributes, context),
      })
    else locks.set(lock, attribute.value)
  }
  const elements = new Map<string, Change>()
  const operations: CollectionOperation[] = []
  for (const child of element.children) {
    const childSchema = ownValue(schema.elements ?? {}, child.name)
    const operation = schema.collection && readOperation(child, schema.collection, context)
    if (operation !== undefined) operations.push(operation)
    else if (childSchema === undefined) refuseElement(child, element, childNames(schema))
    else if (elements.has(child.name)) refuseSecond(child, elements.get(child.name)?.at)
    else elements.set(child.name, readElement(child, childSchema, context))
  }
  return { at: element.at, attributes, elements, operations, locks }
}

function readAttribute(
  element: XmlElement,
  name: string,
  { value, at }: XmlAttribute,
  known: Readonly<Record<string, AttributeSchema>>,
  { notes, passwords }: ReadingContext,
): AttributeValue {
  const schema = ownValue(known, name)
  if (schema === undefined) return refuseAttribute(element, name, at, Object.keys(known))
  if (schema.type === 'password')
    return readPassword(value, element.attributes.get('userName')?.value ?? '', at, passwords, notes)
  const read = readValue(value, schema)
  if (read !== null) return read
  throw configurationError(
    at,
    `${element.name}@${name} is ${quoted(value)}, expected ${expectedValue(schema)}`,
    'IIS answers 500.19 to a value that its schema does not allow',
  )
}

function readOperation(
  child: XmlElement,
  collection: CollectionSchema,
  context: ReadingContext,
): CollectionOperation | undefined {
  switch (child.name) {
    case collection.add:
      return readAdd(child, collection, context)
    case collection.remove: {
      const keys = Object.fromEntries(
        Object.entries(collection.entry.attributes).filter(([name]) => collection.key.includes(name)),
      )
      const change = readChange(child, { attributes: keys }, context)
      requireAttributes(child, keys)
      return { kind: 'remove', at: child.at, key: keyOf(change, collection) }
    }
    case collection.clear:
      readChange(child, { attributes: {} }, context)
      return { kind: 'clear', at: child.at }
    default:
      return undefined
  }
}

function readAdd(
  child: XmlElement,
  collection: CollectionSchema,
  context: ReadingContext,
): CollectionOperation {
  const entry = readElement(child, collection.entry, context)
  requireAttributes(child, collection.entry.attributes)
  return {
    kind: 'add',
    at: child.at,
    key: keyOf(entry, collection),
    keyText: () => keyText(entry, collection),
    element: child.name,
    entry,
  }
}

function keyValues({ attributes }: Change, { key, entry }: CollectionSchema): readonly AttributeValue[] {
  return key.map((name) => {
    const schema = ownValue(entry.attributes, name)
    return attributes.get(name)?.value ?? (schema === undefined ? '' : defaultValue(schema))
  })
}

/** Equal for two entries that IIS takes for one. */
function keyOf(change: Change, collection: CollectionSchema): string {
  const values = keyValues(change, collection)
  return JSON.stringify(
    collection.key.map((name, index) => {
      const schema = ownValue(collection.entry.attributes, name)
      const value = values[index]
      const withCase = schema?.type === 'string' && schema.caseSensitive === true
      return typeof value === 'string' && !withCase ? value.toLowerCase() : value
    }),
  )
}

function keyText(change: Change, collection: CollectionSchema): string {
  const values = keyValues(change, collection).map(String).join(', ')
  return collection.key.length === 1
    ? `unique key attribute '${collection.key.join()}' set to ${quoted(values)}`
    : `combined key attributes '${collection.key.join(', ')}' respectively set to ${quoted(values)}`
}

function requireAttributes(element: XmlElement, known: Readonly<Record<string, AttributeSchema>>): void {
  const missing = Object.keys(known).find((name) => known[name]?.required && !element.attributes.has(name))
  if (missing === undefined) return
  throw configurationError(
    element.at,
    `<${element.name}> has no attribute ${quoted(missing)}, expected one`,
    `IIS requires it; the attributes are ${Object.keys(known).join(', ')}`,
  )
}

function childNames({ elements = {}, collection }: ElementSchema): readonly string[] {
  const ofCollection = collection === undefined ? [] : [collection.add, collection.remove, collection.clear]
  return [...Object.keys(elements), ...ofCollection.filter((name) => name !== undefined)]
}

function refuseAttribute(element: XmlElement, name: string, at: Position, known: readonly string[]): never {
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

function refuseElement(child: XmlElement, parent: XmlElement, known: readonly string[]): never {
  throw configurationError(
    child.at,
    `unrecognized element <${printable(child.name)}> in <${parent.name}>, expected ${alternatives(known)}`,
    spellingHint(child.name, known),
  )
}

function refuseSecond(child: XmlElement, first: Position | undefined): never {
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

/** A property of a table that hostile names such as `constructor` do not find. */
function ownValue<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
