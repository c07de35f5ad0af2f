/**
 * Attribute text to typed values. Names are taken in any case (inferred: what IIS says to another case is not on record).
 * Passwords are password.ts, since they need to know whose they are.
 */
import type { AttributeSchema, AttributeValue } from './element-schema.ts'
import { alternatives } from './quoted.ts'

type PlainSchema = Exclude<AttributeSchema, { type: 'password' }>

/** The value; null when the text is none of this type. */
export function readValue(text: string, schema: PlainSchema): AttributeValue | null {
  switch (schema.type) {
    case 'bool':
      return readBool(text)
    case 'uint':
      return within(readUint(text), schema.range ?? uint32)
    case 'string':
      return schema.nonEmpty && text === '' ? null : text
    case 'enum':
      return readEnum(text, schema.names)
    case 'flags':
      return readFlags(text, schema.bits)
    case 'timeSpan':
      return within(readTimeSpan(text), [0, schema.longestMs])
  }
}

/** What would have been a value, for a message. */
export function expectedValue(schema: PlainSchema): string {
  switch (schema.type) {
    case 'bool':
      return 'true or false'
    case 'uint': {
      const [least, most] = schema.range ?? uint32
      return `a number from ${least} to ${most}`
    }
    case 'string':
      return 'a text that is not empty'
    case 'enum':
      return alternatives(namesWithNumbers(schema.names))
    case 'flags':
      return `a comma-separated list of ${alternatives(Object.keys(schema.bits))}, or the sum of their bits`
    case 'timeSpan':
      return `a time span hh:mm:ss of at most ${schema.longestMs / 1000} seconds`
  }
}

/** What an absent attribute means. */
export function defaultValue(schema: AttributeSchema): AttributeValue {
  switch (schema.type) {
    case 'flags':
      return []
    case 'password':
      return { kind: 'clear', text: '' }
    default:
      return schema.default
  }
}

const uint32 = [0, 4_294_967_295] as const

function within(value: number | null, [least, most]: readonly [number, number]): number | null {
  return value !== null && value >= least && value <= most ? value : null
}

export function readBool(text: string): boolean | null {
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : null
}

function readUint(text: string): number | null {
  return /^(?:\d{1,10}|0[xX][\dA-Fa-f]{1,8})$/.test(text) ? Number(text) : null
}

/** By name or by number. */
function readEnum(text: string, names: Readonly<Record<string, number>>): string | null {
  const lower = text.trim().toLowerCase()
  const found = Object.entries(names).find(
    ([name, number]) => name.toLowerCase() === lower || `${number}` === lower,
  )
  return found?.[0] ?? null
}

/** Names in the order of the table, without those of no bit; an empty list is none of them (inferred). */
function readFlags(text: string, bits: Readonly<Record<string, number>>): readonly string[] | null {
  const sum = readUint(text.trim()) ?? sumOf(text, bits)
  if (sum === null) return null
  const all = Object.values(bits).reduce((every, bit) => every | bit, 0)
  if ((sum & ~all) !== 0 || sum > all) return null
  return Object.keys(bits).filter((name) => ((bits[name] ?? 0) & sum) !== 0)
}

function sumOf(text: string, bits: Readonly<Record<string, number>>): number | null {
  if (text.trim() === '') return 0
  const byLowerName = new Map(Object.entries(bits).map(([name, bit]) => [name.toLowerCase(), bit]))
  let sum = 0
  for (const name of text.split(',')) {
    const bit = byLowerName.get(name.trim().toLowerCase())
    if (bit === undefined) return null
    sum |= bit
  }
  return sum
}

/** `[d.]hh:mm:ss` */
function readTimeSpan(text: string): number | null {
  const match = /^(?:(\d{1,5})\.)?(\d{1,2}):(\d{1,2}):(\d{1,2})$/.exec(text)
  if (match === null) return null
  const [days, hours, minutes, seconds] = match
    .slice(1)
    .map((digits) => Number((digits as string | undefined) ?? 0))
  if (days === undefined || hours === undefined || minutes === undefined || seconds === undefined) return null
  if (hours > 23 || minutes > 59 || seconds > 59) return null
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
}

function namesWithNumbers(names: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(names).map(([name, number]) => `${name} (${number})`)
}
