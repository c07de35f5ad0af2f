/**
 * One element of a known section against its schema: what the file says there, typed, with positions, and nothing that
 * it inherits. IIS answers 500.19 to whatever its schema does not have, so everything unknown is refused here.
 * IIS's XML is case-sensitive for names. What the levels make of it together is layers.ts.
 */
import { keyOf, keyText } from './collection-key.ts'
import { configurationError, type Position } from './configuration-error.ts'
import { lockAttributes } from './element-schema.ts'
import type {
  AttributeSchema,
  AttributeValue,
  CollectionSchema,
  ElementSchema,
  LockAttribute,
} from './element-schema.ts'
import type { Notes } from './notes.ts'
import { ownValue } from './own-value.ts'
import { readPassword, type Passwords } from './password.ts'
import { quoted } from './quoted.ts'
import { refuseAttribute, refuseElement, refuseSecond, refuseText } from './refusals.ts'
import { expectedValue, readValue } from './values.ts'
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
