/** What is known about the revocation of a whole chain. Finding it out is revocation-checker.ts. */

/**
 * offline: a list could not be had, is out of its time, or is not what it should be. nowhere-to-ask: a certificate
 * names no distribution point, and nothing worse is known.
 */
export type RevocationStatus = 'good' | 'revoked' | 'offline' | 'nowhere-to-ask'

/** Worst first: one revoked certificate is enough, whatever is unknown about the others (inferred). */
const worstFirst = ['revoked', 'offline', 'nowhere-to-ask'] as const

export function worstOf(statuses: readonly RevocationStatus[]): RevocationStatus {
  return worstFirst.find((status) => statuses.includes(status)) ?? 'good'
}
