/** What is tried, and what must happen. A scenario is a value; its id is its path. */
import type { ScenarioAnswer } from './answer.ts'
import type { RequestSpec } from './client.ts'
import type { Observation } from './observation.ts'
import type { PolicyMatch } from './policy.ts'
import type { Reason } from './refusal.ts'
import type { TlsVersion } from './tls.ts'

/** What a server that requires a certificate and follows RFC 5280 does with the identity. */
export type NeutralExpectation = { readonly accepted: true } | { readonly refused: Reason }

export type { ScenarioAnswer } from './answer.ts'

/** `forced`: sent whatever the server asks for. `browser`: offered only if a browser would offer it. */
export type Selection = 'forced' | 'browser'

export interface Scenario {
  /** One sentence in RFC words. */
  readonly title: string
  readonly rfc: readonly string[]
  /** The policies that this scenario is run on. */
  readonly server: PolicyMatch
  /** The name of an identity. */
  readonly identity: string
  readonly expect: NeutralExpectation
  /** In place of the row of the server's table. */
  readonly answer?: ScenarioAnswer
  /** `forced` when absent. */
  readonly selection?: Selection
  /** Why the user of a browser sends nothing although the certificate itself would do. */
  readonly withheld?: 'no-private-key' | 'cancelled'
  /** What the client does besides presenting the identity; a GET over HTTP/1.1 and TLS when absent. */
  readonly request?: RequestSpec
  /** Both when absent. */
  readonly tls?: readonly TlsVersion[]
}

/** A scenario with its path, e.g. `client-certificate/validity/expired`. */
export interface NamedScenario extends Scenario {
  readonly id: string
}

/** A known difference from the expectation. It stops being one, and fails, as soon as the cell passes. */
export interface Deviation {
  /** A glob over cell ids: `*` stays within one path segment, `**` does not. */
  readonly cells: string
  /** What is seen instead; every given field must still be seen. */
  readonly observed: {
    readonly accepted: boolean
    readonly presented?: boolean
    readonly refusal?: Reason | null
    readonly status?: number | null
    readonly substatus?: number | null
    readonly alert?: string | null
  }
  readonly reason: string
  readonly source: string
}

/** Whether what was seen is still the listed difference. */
export function deviationHolds(deviation: Deviation, seen: Observation): boolean {
  const { accepted, presented, refusal, status, substatus, alert } = deviation.observed
  return (
    accepted === seen.accepted &&
    (presented === undefined || presented === seen.clientCertificate.presented) &&
    (refusal === undefined || refusal === seen.refusal) &&
    (status === undefined || status === (seen.http?.status ?? null)) &&
    (substatus === undefined || substatus === (seen.http?.substatus ?? null)) &&
    (alert === undefined || alert === (seen.handshake.alert?.description ?? null))
  )
}
