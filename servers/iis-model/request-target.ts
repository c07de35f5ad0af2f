/** What a request says about where it goes, before anything is decoded: its target in two parts, and its host. */

/** Origin form, or absolute form without its scheme and authority. RFC 9112 §3.2. */
export function targetParts(target: string): { readonly path: string; readonly query: string } {
  const local = target.replace(/^https?:\/\/[^/?]*/i, '')
  const mark = local.indexOf('?')
  return mark < 0 ? { path: local, query: '' } : { path: local.slice(0, mark), query: local.slice(mark + 1) }
}

/** The host that the client named, without the port; empty when it named none. HTTP/2: RFC 9113 §8.3.1. */
export function hostNamed(headers: Headers): string {
  const authority = headers[':authority'] ?? headers['host'] ?? ''
  return String(authority).replace(/:\d*$/, '')
}

/** As node has them; with HTTP/2, pseudo-headers too. */
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>
