/**
 * The answers to a product's own situations, as lines by topic: values only, drawn by console/situations.ts and
 * markdown/situation-table.ts. A matrix would have one column for each situation with one entry in it.
 */
import type { CellFinished } from '../harness/model/event.ts'
import type { ObservedCertificateRequest } from '../harness/model/observation.ts'
import type { Outcome } from '../harness/model/outcome.ts'
import type { Selection } from '../harness/model/scenario.ts'
import { tlsVersions } from '../harness/model/tls.ts'
import { answerText, inTheClear } from './answer-text.ts'
import { groundOf, type Ground } from './ground.ts'
import { groupBy } from './group-by.ts'

/** One answer, of all TLS versions that were answered alike. Texts are as they came, not safe. */
export interface SituationLine {
  /** The scenario's path below its topic, with the policy where one scenario was run under several. */
  readonly name: string
  readonly title: string
  readonly outcome: Outcome
  readonly accepted: boolean
  readonly identity: string
  readonly selection: Selection
  /** `1.2`, `both`, or `none` for a request in the clear. */
  readonly tls: string
  /** When CertificateRequest came: in the handshake or after it; null when no TLS was seen. */
  readonly asked: 'no' | 'early' | 'late' | null
  /** How many CA names came with it. */
  readonly caNames: number
  /** Safe: `401.1`, `reset`, `HTTP_1_1_REQUIRED`, `not run`. */
  readonly answer: string
  readonly http: { readonly status: number; readonly substatus: number | null } | null
  /** sc-win32-status as logged. */
  readonly win32: number | null
  readonly user: string | null
  readonly ground: Ground
  readonly source: string | null
  readonly note: string | null
}

export interface SituationTopic {
  /** e.g. `iis/one-to-one`. */
  readonly topic: string
  readonly cells: readonly CellFinished[]
  readonly lines: readonly SituationLine[]
}

export interface ServerSituations {
  readonly server: string
  readonly topics: readonly SituationTopic[]
}

/**
 * Whether the scenario is one product's own: its family is the product's name (`iis/late/renegotiation`, `iis-8.5`).
 * Counting policies instead would make a list of any matrix of which few cells were selected.
 */
export function isSituation({ server, scenario }: Pick<CellFinished, 'server' | 'scenario'>): boolean {
  const family = scenario.slice(0, Math.max(0, scenario.indexOf('/')))
  return family !== '' && (server === family || server.startsWith(`${family}-`))
}

/** Servers, topics and lines in the order of their first cells, which must be one client's for each server. */
export function situationsOf(cells: readonly CellFinished[]): readonly ServerSituations[] {
  return [...groupBy(cells.filter(isSituation), (cell) => cell.server)].map(([server, ofServer]) => ({
    server,
    topics: [...groupBy(ofServer, ({ scenario }) => topicOf(scenario))].map(([topic, ofTopic]) => ({
      topic,
      cells: ofTopic,
      lines: linesOf(topic, ofTopic),
    })),
  }))
}

export function lineCount(situations: readonly ServerSituations[]): number {
  return situations.flatMap(({ topics }) => topics).reduce((sum, { lines }) => sum + lines.length, 0)
}

/** Family and topic: the first two segments, but never the last one. */
function topicOf(scenario: string): string {
  const segments = scenario.split('/')
  return segments.slice(0, Math.min(2, segments.length - 1)).join('/')
}

function linesOf(topic: string, cells: readonly CellFinished[]): readonly SituationLine[] {
  const policies = new Map(
    [...groupBy(cells, (cell) => cell.scenario)].map(
      ([scenario, alike]) => [scenario, new Set(alike.map((cell) => cell.policy)).size] as const,
    ),
  )
  const facts = cells.map((cell) => ({
    cell,
    facts: factsOf(cell, cell.scenario.slice(topic.length + 1), (policies.get(cell.scenario) ?? 1) > 1),
  }))
  return [...groupBy(facts, (line) => JSON.stringify(line.facts))].map(([, alike]) => ({
    ...alike[0].facts,
    tls: tlsText(alike.map(({ cell }) => cell)),
  }))
}

/** All that makes two TLS versions alike. */
function factsOf(cell: CellFinished, path: string, severalPolicies: boolean): Omit<SituationLine, 'tls'> {
  const { title, outcome, identity, selection, observed, expected } = cell
  const notRun = outcome === 'unsupported' || outcome === 'unavailable'
  return {
    name: severalPolicies ? `${path} (${cell.policy})` : path,
    title,
    outcome,
    accepted: observed?.accepted ?? false,
    identity,
    selection,
    asked: observed && !inTheClear(observed) ? askedText(observed.certificateRequest) : null,
    caNames: observed?.certificateRequest?.certificateAuthorities.length ?? 0,
    answer: observed ? answerText(observed) : notRun ? 'not run' : outcome,
    http: observed?.http ? { status: observed.http.status, substatus: observed.http.substatus } : null,
    win32: observed?.serverLog?.win32 ?? null,
    user: observed?.serverLog?.user ?? null,
    ground: groundOf(cell),
    source: expected?.source ?? null,
    note: expected?.note ?? null,
  }
}

function askedText(request: ObservedCertificateRequest | null): NonNullable<SituationLine['asked']> {
  if (request === null) return 'no'
  return request.when === 'late' ? 'late' : 'early'
}

function tlsText(cells: readonly CellFinished[]): string {
  if (cells.some(({ observed }) => observed && inTheClear(observed))) return 'none'
  const versions = tlsVersions.filter((version) => cells.some((cell) => cell.tls === version))
  return versions.length > 1 ? 'both' : versions.join('')
}
