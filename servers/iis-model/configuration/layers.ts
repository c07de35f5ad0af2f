/**
 * Inheritance: a layer is what one file says in one place, on top of the layer below it. A layer costs what the file
 * says, not what it inherits; the values come together in `effective`.
 */
import { configurationError, type Position } from './configuration-error.ts'
import type { AttributeValue, EffectiveOf, ElementSchema } from './element-schema.ts'
import type { Change, ReadAttribute } from './read-element.ts'
import { defaultValue } from './values.ts'

export interface Layer {
  readonly below: Layer | null
  readonly attributes: ReadonlyMap<string, ReadAttribute>
  readonly elements: ReadonlyMap<string, Layer>
  readonly cleared: boolean
  readonly removed: ReadonlySet<string>
  readonly added: ReadonlyMap<string, Entry>
  /** Nobody wrote it down: an entry of it can be added again. */
  readonly assumed: boolean
}

interface Entry {
  readonly at: Position
  readonly layer: Layer
}

/** Puts a change on top. Adding an entry that is there already is an error, as in IIS, also when it is inherited. */
export function layered(below: Layer | null, change: Change, assumed = false): Layer {
  let cleared = false
  const removed = new Set<string>()
  const added = new Map<string, Entry>()
  for (const operation of change.operations) {
    if (operation.kind === 'clear') {
      cleared = true
      added.clear()
    } else if (operation.kind === 'remove') {
      removed.add(operation.key)
      added.delete(operation.key)
    } else {
      const { key } = operation
      const there = added.get(key) ?? (cleared || removed.has(key) ? undefined : find(below, key))
      if (there !== undefined) refuseDuplicate(operation, there.at)
      added.set(key, { at: operation.at, layer: layered(null, operation.entry) })
    }
  }
  const elements = new Map(
    [...change.elements].map(([name, child]) => [name, layered(elementOf(below, name), child, assumed)]),
  )
  return { below, attributes: change.attributes, elements, cleared, removed, added, assumed }
}

/** The value of an element with all its layers and the schema's defaults. */
export function effective<S extends ElementSchema>(schema: S, layer: Layer | null): EffectiveOf<S> {
  const values: Record<string, unknown> = {}
  for (const [name, attribute] of Object.entries(schema.attributes))
    values[name] = attributeOf(layer, name) ?? defaultValue(attribute)
  for (const [name, child] of Object.entries(schema.elements ?? {}))
    values[name] = effective(child, elementOf(layer, name))
  const { collection } = schema
  if (collection !== undefined)
    values['entries'] = entriesOf(layer).map((entry) => effective(collection.entry, entry))
  // The type is computed from the same table that this loop ran over.
  return values as EffectiveOf<S>
}

function attributeOf(layer: Layer | null, name: string): AttributeValue | undefined {
  for (let at = layer; at !== null; at = at.below) {
    const attribute = at.attributes.get(name)
    if (attribute !== undefined) return attribute.value
  }
  return undefined
}

export function elementOf(layer: Layer | null, name: string): Layer | null {
  for (let at = layer; at !== null; at = at.below) {
    const element = at.elements.get(name)
    if (element !== undefined) return element
  }
  return null
}

/** The collection in order: what is inherited first, then what is added (inferred for authorization). */
function entriesOf(layer: Layer | null): readonly Layer[] {
  const entries = new Map<string, Layer>()
  for (const { cleared, removed, added } of fromTheGround(layer)) {
    if (cleared) entries.clear()
    for (const key of removed) entries.delete(key)
    for (const [key, entry] of added) {
      entries.delete(key)
      entries.set(key, entry.layer)
    }
  }
  return [...entries.values()]
}

function fromTheGround(layer: Layer | null): readonly Layer[] {
  const layers: Layer[] = []
  for (let at = layer; at !== null; at = at.below) layers.push(at)
  return layers.reverse()
}

function find(layer: Layer | null, key: string): Entry | undefined {
  for (let at = layer; at !== null && !at.assumed; at = at.below) {
    const entry = at.added.get(key)
    if (entry !== undefined) return entry
    if (at.cleared || at.removed.has(key)) return undefined
  }
  return undefined
}

function refuseDuplicate(
  operation: Extract<Change['operations'][number], { kind: 'add' }>,
  first: Position,
): never {
  throw configurationError(
    operation.at,
    `cannot add duplicate collection entry of type '${operation.element}' with ${operation.keyText()}, expected it once`,
    `it is there already from ${first.file}, line ${first.line}: remove one of them, or put a <remove> or <clear> before`,
  )
}
