/**
 * The URL path as HTTP.sys hands it on: without the query, percent-decoded once, dot segments resolved. Nothing is
 * served from disk; what depends on it is which settings apply, and a `..` must not lead past them.
 */

/** Hex-escaped control characters are refused unless AllowRestrictedChars is set, and so is `%00` always (inferred). */
const RESTRICTED = /[\x00-\x1f\x7f]/

/** null: HTTP.sys answers 400 itself. */
export function requestPath(target: string): string | null {
  // Origin form, or absolute form without its scheme and authority. RFC 9112 §3.2.
  const local = target.replace(/^https?:\/\/[^/?#]*/i, '')
  const path = percentDecoded(/^[^?#]*/.exec(local)?.[0] ?? '')
  // `*`, of OPTIONS, is about the server as a whole.
  if (path === '' || path === '*') return '/'
  if (path === null || !/^[/\\]/.test(path) || RESTRICTED.test(path)) return null
  return withoutDotSegments(path)
}

/** UTF-8, or else Latin-1 for the system's code page, as EnableNonUTF8 allows by default (inferred). */
function percentDecoded(path: string): string | null {
  if (/%(?![0-9a-f]{2})/i.test(path)) return null
  try {
    return decodeURIComponent(path)
  } catch {
    return path.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  }
}

/** null: above the root (inferred). A backslash counts as a slash, and several as one (inferred). */
function withoutDotSegments(path: string): string | null {
  const kept: string[] = []
  const segments = path.split(/[/\\]+/).slice(1)
  for (const segment of segments) {
    if (segment === '..' && kept.pop() === undefined) return null
    if (segment !== '..' && segment !== '.' && segment !== '') kept.push(segment)
  }
  const isFolder = ['', '.', '..'].includes(segments.at(-1) ?? '')
  return `/${kept.join('/')}${isFolder && kept.length > 0 ? '/' : ''}`
}
