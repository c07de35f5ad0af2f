/**
 * One row of the matrix of IIS answers, and the scenario that it makes. Rows say what IIS answers in IIS's own words;
 * the numbers are those of the sources, not of the model that is tested by them.
 */
import type { Confidence } from '../../harness/model/answer.ts'
import type { RequestSpec } from '../../harness/model/client.ts'
import type { AuthorityName } from '../../harness/model/identity.ts'
import type { ClosedBy } from '../../harness/model/observation.ts'
import type { Reason } from '../../harness/model/refusal.ts'
import type { Scenario, Selection } from '../../harness/model/scenario.ts'
import type { CrowdNames } from '../../harness/model/server.ts'
import type { TlsVersion } from '../../harness/model/tls.ts'
import { sources } from './sources.ts'
import type { SourceKey } from './sources.ts'
import { since7 } from './versions.ts'

export interface Row {
  readonly title: string
  /** Server names; IIS 7 and later when absent. */
  readonly versions?: readonly string[]
  /** The policy of the IIS model that plays it. */
  readonly situation: string
  readonly identity: string
  readonly selection?: Selection
  readonly withheld?: 'no-private-key' | 'cancelled'
  readonly request?: RequestSpec
  /** TLS 1.2 alone when absent: the sources mean renegotiation where they do not say. */
  readonly tls?: readonly TlsVersion[]
  /** Absent: accepted. */
  readonly refused?: Reason
  /** status.substatus, of which the part after the dot is 0 when absent; null: no HTTP answer. */
  readonly answer: '200' | `${number}.${number}` | null
  /** Of IIS 5, which logs no substatus: where no page shows one either, there is none. */
  readonly unlogged?: true
  /** sc-win32-status as logged. Absent: 0 for 200, 5 (ERROR_ACCESS_DENIED) for other answers. */
  readonly win32?: number
  /** cs-username; absent: `-`. */
  readonly user?: string
  readonly alert?: string
  readonly asked?: 'handshake' | 'late' | null
  /** The CAs named in CertificateRequest, in order; absent: as the situation says. */
  readonly names?: readonly AuthorityName[] | CrowdNames
  /** Why a browser does not offer the certificate; absent: it does. */
  readonly withheldBecause?: string
  readonly closedBy?: ClosedBy
  readonly http2Reset?: string
  readonly confidence: Confidence
  readonly win32Confidence?: Confidence
  readonly sources: readonly SourceKey[]
  readonly note?: string
}

const ACCESS_DENIED = 5

export function scenariosOf<Name extends string>(rows: Readonly<Record<Name, Row>>): Record<Name, Scenario> {
  const entries = Object.entries<Row>(rows).map(([name, row]) => [name, scenarioOf(row)] as const)
  return Object.fromEntries(entries) as Record<Name, Scenario>
}

function scenarioOf(row: Row): Scenario {
  const { title, versions = since7, situation, identity, tls = ['1.2'], refused } = row
  const { selection, withheld, request } = row
  return {
    title,
    rfc: [],
    server: { policies: [situation], servers: versions },
    identity,
    tls,
    ...given({ selection, withheld, request }),
    expect: refused === undefined ? { accepted: true } : { refused },
    answer: answerOf(row),
  }
}

function answerOf(row: Row): NonNullable<Scenario['answer']> {
  const { answer, refused, confidence, win32Confidence, user = null, alert = null } = row
  const { asked, names, withheldBecause, closedBy, http2Reset, note, unlogged } = row
  const [status = null, substatus = 0] = answer?.split('.').map(Number) ?? []
  return {
    verdict: refused === undefined ? 'accepted' : 'refused',
    alert,
    status,
    substatus: status === null || unlogged ? null : substatus,
    win32: status === null ? null : (row.win32 ?? (status === 200 ? 0 : ACCESS_DENIED)),
    verify: null,
    user,
    confidence,
    source: cite(row.sources),
    ...given({ win32Confidence, asked, withheldBecause, closedBy, http2Reset, note }),
    ...(names === undefined ? {} : { certificateAuthorities: names }),
  }
}

/** `[403-7] https://…; [itq] https://…`, or that nobody has published it. */
function cite(keys: readonly SourceKey[]): string {
  return keys.length === 0 ? 'no evidence' : keys.map((key) => `[${key}] ${sources[key]}`).join('; ')
}

/** The properties that are there: an absent one must not become an undefined one. */
function given<T extends object>(properties: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
