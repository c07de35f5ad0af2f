/** Reads `nginx -V`: nginx's own version, and the TLS library that it runs with rather than was built with. */

export interface NginxVersion {
  readonly version: string
  readonly tlsLibrary: string
}

/** null: this is not the output of an nginx with TLS. */
export function readVersion(output: string): NginxVersion | null {
  const version = /^nginx version: [^/]+\/(\S+)/m.exec(output)?.[1]
  // nginx names the second library only where it differs from the first.
  const tlsLibrary =
    /\(running with (\S+ \d\S*)/.exec(output)?.[1] ?? /^built with (\S+ \d\S*)/m.exec(output)?.[1]
  return version === undefined || tlsLibrary === undefined ? null : { version, tlsLibrary }
}
