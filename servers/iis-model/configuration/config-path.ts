/** Paths of the configuration: site, applications, folders and files, compared without case as Windows does. */

/** The first segment is the site's name, the rest its virtual path; none is the server. Lower case. */
export type ConfigPath = readonly string[]

/** Deeper paths are refused in files, and cut in URLs. */
export const mostSegments = 64

export function segmentsOf(path: string): ConfigPath {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => segment.toLowerCase())
}

/**
 * The segments of a URL path: percent-decoded once and with dots resolved, as HTTP.sys hands it on (inferred), so that
 * `/app/%2e%2e/secret` finds the settings of `/secret`.
 */
export function segmentsOfUrl(path: string): ConfigPath {
  const segments: string[] = []
  for (const segment of segmentsOf(decoded(path).replaceAll('\\', '/'))) {
    if (segment === '..') segments.pop()
    else if (segment !== '.') segments.push(segment)
  }
  return segments
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
