/**
 * The words in which section-schema.ts describes a section, modelled on IIS_schema.xml, and the typed value that such a
 * description stands for. No section is named here.
 */
import type { Password } from './settings.ts'

export interface ElementSchema {
  readonly attributes: Readonly<Record<string, AttributeSchema>>
  readonly elements?: Readonly<Record<string, ElementSchema>>
  readonly collection?: CollectionSchema
  /** IIS knows what may stand in it, the model has no use for it: everything is accepted, nothing is kept. */
  readonly open?: true
}

export interface CollectionSchema {
  /** The element that adds an entry. */
  readonly add: string
  readonly remove?: string
  readonly clear?: string
  /** Attributes by which entries are told apart. */
  readonly key: readonly string[]
  readonly entry: ElementSchema
}

export type AttributeSchema = AttributeType & { readonly required?: true }

type AttributeType =
  | { readonly type: 'bool'; readonly default: boolean }
  | { readonly type: 'uint'; readonly default: number; readonly range?: readonly [number, number] }
  | {
      readonly type: 'string'
      readonly default: string
      readonly nonEmpty?: true
      /** As a key; otherwise keys are compared without case. */
      readonly caseSensitive?: true
    }
  | { readonly type: 'enum'; readonly names: Readonly<Record<string, number>>; readonly default: string }
  | { readonly type: 'flags'; readonly bits: Readonly<Record<string, number>> }
  /** hh:mm:ss in the file, milliseconds here. */
  | { readonly type: 'timeSpan'; readonly default: number; readonly longestMs: number }
  /** Encrypted or clear; whose it is says the element's `userName`. */
  | { readonly type: 'password' }

export type AttributeValue = boolean | number | string | readonly string[] | Password

type ValueOf<A extends AttributeSchema> = A extends { type: 'bool' }
  ? boolean
  : A extends { type: 'uint' | 'timeSpan' }
    ? number
    : A extends { type: 'enum'; names: infer N }
      ? keyof N
      : A extends { type: 'flags'; bits: infer B }
        ? readonly (keyof B)[]
        : A extends { type: 'password' }
          ? Password
          : string

/** An element with everything that is inherited: its attributes, its elements, and its collection as `entries`. */
export type EffectiveOf<S extends ElementSchema> = {
  readonly [N in keyof S['attributes']]: ValueOf<S['attributes'][N]>
} & (S extends { elements: infer E extends Readonly<Record<string, ElementSchema>> }
  ? { readonly [N in keyof E]: EffectiveOf<E[N]> }
  : unknown) &
  (S extends { collection: infer C extends CollectionSchema }
    ? { readonly entries: readonly EffectiveOf<C['entry']>[] }
    : unknown)

/** Allowed on every element of every section. */
export const lockAttributes = [
  'lockAttributes',
  'lockAllAttributesExcept',
  'lockElements',
  'lockAllElementsExcept',
  'lockItem',
] as const

export type LockAttribute = (typeof lockAttributes)[number]
