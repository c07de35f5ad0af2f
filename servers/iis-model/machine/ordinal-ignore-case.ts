/**
 * Comparing text without case as Windows does it: each UTF-16 unit by itself, no language's rules. So `ß` is never `SS`
 * and lengths never change.
 */

export const equalsIgnoringCase = (a: string, b: string): boolean => foldCase(a) === foldCase(b)

export function foldCase(text: string): string {
  const upper = text.toUpperCase()
  if (upper.length === text.length) return upper
  let folded = ''
  for (const unit of text) {
    const one = unit.toUpperCase()
    folded += one.length === unit.length ? one : unit
  }
  return folded
}
