/**
 * SNI: which server names the https bindings of a site answer to. `binding@sslFlags` 1 ties a binding to its host name;
 * one without the flag answers to every name, and to clients that send none [binding]. RFC 6066 §3.
 */
import type { Binding } from '../configuration/settings.ts'
import { bindingSslFlags } from './ssl-cert.ts'

/** null: every name, and no name either. */
export function serverNames(bindings: readonly Binding[]): ReadonlySet<string> | null {
  const https = bindings.filter(({ protocol }) => protocol === 'https')
  const tied = https.filter(({ sslFlags }) => (sslFlags & bindingSslFlags.sni) !== 0)
  return tied.length < https.length ? null : new Set(tied.map(hostOf))
}

/** `ip:port:host`; an IPv6 address stands in brackets. */
function hostOf({ bindingInformation }: Binding): string {
  return bindingInformation.slice(bindingInformation.lastIndexOf(':') + 1).toLowerCase()
}
