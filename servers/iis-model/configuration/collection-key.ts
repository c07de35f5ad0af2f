/** What tells the entries of a collection apart: its key attributes, for comparing and for messages. */
import type { AttributeValue, CollectionSchema } from './element-schema.ts'
import { ownValue } from './own-value.ts'
import { quoted } from './quoted.ts'
import type { Change } from './read-element.ts'
import { defaultValue } from './values.ts'

function keyValues({ attributes }: Change, { key, entry }: CollectionSchema): readonly AttributeValue[] {
  return key.map((name) => {
    const schema = ownValue(entry.attributes, name)
    return attributes.get(name)?.value ?? (schema === undefined ? '' : defaultValue(schema))
  })
}

/** Equal for two entries that IIS takes for one. */
export function keyOf(change: Change, collection: CollectionSchema): string {
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

export function keyText(change: Change, collection: CollectionSchema): string {
  const values = keyValues(change, collection).map(String).join(', ')
  return collection.key.length === 1
    ? `unique key attribute '${collection.key.join()}' set to ${quoted(values)}`
    : `combined key attributes '${collection.key.join(', ')}' respectively set to ${quoted(values)}`
}
