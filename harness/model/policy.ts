/**
 * What a server is told about client certificates, in neutral words. A server folder turns a policy into
 * its own configuration text.
 */
import type { AuthorityName } from './identity.ts'

export type ClientCertificate = 'none' | 'request' | 'require'

export interface Policy {
  /** `none`, `request`, `require`, the product's own word, or one of them with a suffix for a variant. */
  readonly name: string
  /** none: no CertificateRequest; request: a client may send none; require: it may not. */
  readonly clientCertificate: ClientCertificate
  /** late: after the first handshake (TLS 1.2 renegotiation, TLS 1.3 post-handshake authentication). */
  readonly when: 'handshake' | 'late'
  /** The trust anchors for client certificates. */
  readonly trust: readonly AuthorityName[]
  /** The names in CertificateRequest: `default` is whatever the product derives from `trust`. */
  readonly caNames: 'default' | 'none' | readonly AuthorityName[]
  /** A situation of this product alone: only the scenarios that call it by name run under it. */
  readonly situation?: true
}

/** Which policies a scenario is about; an absent field matches every value. */
export interface PolicyMatch {
  readonly clientCertificate?: readonly ClientCertificate[]
  readonly when?: Policy['when']
  /** By name: the only way to a situation. */
  readonly policies?: readonly string[]
  /** By name of the server, for what only some versions of a product do. */
  readonly servers?: readonly string[]
}

export function policyMatches(server: string, policy: Policy, match: PolicyMatch): boolean {
  return (
    (match.policies?.includes(policy.name) ?? policy.situation !== true) &&
    (match.servers?.includes(server) ?? true) &&
    (match.clientCertificate?.includes(policy.clientCertificate) ?? true) &&
    (match.when === undefined || match.when === policy.when)
  )
}
