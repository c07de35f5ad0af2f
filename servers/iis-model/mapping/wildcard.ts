/**
 * `matchCriteria`: `*` stands for any run of characters, everything else for itself, `?` too (inferred) [kb2026113].
 * Time is linear in the pattern once, then in each text, whatever either holds: both come from strangers.
 */

export function wildcard(pattern: string): (text: string) => boolean {
  const [first = '', ...others] = pattern.split('*')
  const last = others.pop()
  // No `*` at all.
  if (last === undefined) return (text) => text === first

  const between = others.filter((part) => part !== '')
  // A pattern longer than the text is not looked at again for each text.
  const leastLength = between.reduce((sum, part) => sum + part.length, first.length + last.length)
  return (text) =>
    text.length >= leastLength &&
    text.startsWith(first) &&
    text.endsWith(last) &&
    containsInOrder(text.slice(first.length, text.length - last.length), between)
}

/** Each part at the first place after the one before it: taking it later never helps. */
function containsInOrder(text: string, parts: readonly string[]): boolean {
  let from = 0
  for (const part of parts) {
    const at = indexOf(text, part, from)
    if (at === -1) return false
    from = at + part.length
  }
  return true
}

/** Knuth, Morris and Pratt: String.indexOf is quadratic for some texts. */
function indexOf(text: string, part: string, from: number): number {
  const fallback = fallbacks(part)
  let matched = 0
  for (let at = from; at < text.length; at++) {
    while (matched > 0 && text[at] !== part[matched]) matched = fallback[matched - 1] ?? 0
    if (text[at] === part[matched]) matched++
    if (matched === part.length) return at - matched + 1
  }
  return -1
}

/** For each prefix of the part, how much of its end is again a beginning of the part. */
function fallbacks(part: string): readonly number[] {
  const table = [0]
  let matched = 0
  for (let at = 1; at < part.length; at++) {
    while (matched > 0 && part[at] !== part[matched]) matched = table[matched - 1] ?? 0
    if (part[at] === part[matched]) matched++
    table.push(matched)
  }
  return table
}
