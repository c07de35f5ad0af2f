/** Text from a file, made fit for a message: quoted, bounded, and harmless on a terminal. */

/** Longer text is cut: a file may have a name of a megabyte. */
const longest = 60

export function quoted(text: string): string {
  return `'${printable(text)}'`
}

/** Control, format (bidi too), private, unassigned and lone surrogate characters become `\u{...}`. */
export function printable(text: string): string {
  const start = text.slice(0, longest)
  const cut = start.length < text.length ? '...' : ''
  return start.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escape) + cut
}

/** `a`, `a or b`, `a, b or c`; `nothing` of none. */
export function alternatives(names: readonly string[]): string {
  const last = names.at(-1)
  if (last === undefined) return 'nothing'
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} or ${last}`
}

function escape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}
