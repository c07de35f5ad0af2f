/**
 * What a server is expected to say, with the source of that expectation. One row for each reason:
 * `satisfies Answers` keeps a server's table total.
 */
import { HarnessError } from './errors.ts'
import type { AuthorityName } from './identity.ts'
import type { ClosedBy } from './observation.ts'
import type { RefusalReason } from './refusal.ts'
import type { CrowdNames } from './server.ts'
import type { AlertDescription, TlsVersion } from './tls.ts'

/** documented: the vendor or an RFC says so; observed: published by users; inferred: a default of a model; measured: by us. */
export type Confidence = 'documented' | 'observed' | 'inferred' | 'measured'

/** The finer signs of an answer. null: this server has no such sign here, and none may be seen. */
export interface Signs {
  /** The server's alert other than close_notify. */
  readonly alert: AlertDescription | (string & {}) | null
  /** HTTP status; null: no HTTP answer. */
  readonly status: number | null
  /** The finer code behind the status: IIS substatus, nginx 495 to 497. */
  readonly substatus: number | null
  /** IIS sc-win32-status, unsigned decimal as logged. */
  readonly win32: number | null
  /** The server's own words about verification, read from its log. */
  readonly verify: string | null
  /** The user that the certificate was mapped to. */
  readonly user: string | null
}

export interface Answer extends Signs {
  readonly verdict: 'accepted' | 'refused'
  /** Of the status and substatus. */
  readonly confidence: Confidence
  /** Of `win32`, where it is weaker. */
  readonly win32Confidence?: Confidence
  /** A page, an RFC section, or the product version that was measured. */
  readonly source: string
}

export type PerTlsVersion<T> = Readonly<Record<TlsVersion, T>>

/** The scenario's neutral expectation: a reason, or `accepted` for an identity without a fault. */
export type AnswerKey = RefusalReason | 'accepted'

export type Answers = Readonly<Record<AnswerKey, Answer | PerTlsVersion<Answer>>>

/** What is expected of one scenario under one product's situation, where no table by reason can say it. */
export interface ScenarioAnswer extends Answer {
  /** When CertificateRequest comes; null: never. Absent: as the policy says. */
  readonly asked?: 'handshake' | 'late' | null
  /** The CAs that CertificateRequest names, in order. Absent: as the policy says. */
  readonly certificateAuthorities?: readonly AuthorityName[] | CrowdNames
  /** Why a browser does not offer the certificate, e.g. `key-usage`. Absent: it does. */
  readonly withheldBecause?: string
  /** How the connection ends, where that is the sign. Absent: not judged. */
  readonly closedBy?: ClosedBy
  /** The HTTP/2 error code that the request's stream is reset with. Absent: none. */
  readonly http2Reset?: string
  /** What the source leaves open, or how the row is played. */
  readonly note?: string
}

/** What a situation of one product's own answers to the control; every other answer is its scenario's. */
export interface ControlAnswer {
  readonly accepted: ScenarioAnswer | PerTlsVersion<ScenarioAnswer>
}

/** @throws HarnessError ERR_NO_ANSWER when a situation is asked for a row that only a full table has. */
export function answerFor(answers: Answers | ControlAnswer, key: AnswerKey, tls: TlsVersion): ScenarioAnswer {
  const row = (answers as Partial<Answers>)[key]
  if (row === undefined) {
    throw new HarnessError('ERR_NO_ANSWER', `the policy's table has no row '${key}'`, {
      hint: 'give the scenario an answer of its own, or the policy a full table',
    })
  }
  return 'verdict' in row ? row : row[tls]
}
