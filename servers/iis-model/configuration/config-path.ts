/** Paths of the configuration: site, applications, folders and files, compared without case as Windows does. */

/** The first segment is the site's name, the rest its virtual path; none is the server. Lower case. */
export type ConfigPath = readonly string[]

/** Deeper paths are refused in files. */
export const mostSegments = 64

export function segmentsOf(path: string): ConfigPath {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => segment.toLowerCase())
}
