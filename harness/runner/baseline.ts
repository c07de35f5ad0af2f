/**
 * The baseline: what every cell showed when somebody last looked and was content. A cell is then judged by whether
 * it changed, whatever the expectation tables say. The file is baseline-file.ts.
 */
import { createHash } from 'node:crypto'
import type { CellFinished, CellIdentifier } from '../model/event.ts'
import type { Observation } from '../model/observation.ts'
import type { Outcome } from '../model/outcome.ts'
import type { TlsVersion } from '../model/tls.ts'

/** Cell id -> signature. */
export type Baseline = ReadonlyMap<string, string>

/** A longer list of CA names is kept as its digest: a public PKI has hundreds, and every cell repeats them. */
const MAX_NAMES_LENGTH = 400

const SEPARATOR = '; '

/**
 * What was observed, in one line. Left out is whatever may differ between two runs against the same server: durations,
 * nonces, ports, log lines, how the connection was closed (FIN and RST race), and which alerts arrived.
 */
export function signatureOf(observed: Observation): string {
  const { accepted, refusal, http, serverLog, handshake, clientCertificate } = observed
  const { alert } = handshake
  const signs = {
    status: http?.status,
    substatus: http?.substatus,
    'HTTP/2 reset': observed.http2Reset,
    alert: alert && (alert.from === 'server' ? alert.description : `${alert.description} from the client`),
    win32: serverLog?.win32,
    verify: serverLog?.verify,
    user: serverLog?.user,
  }
  return [
    accepted ? 'accepted' : `refused (${refusal ?? 'unrecognised'})`,
    ...Object.entries(signs).flatMap(([name, sign]) => (sign == null ? [] : [`${name} ${sign}`])),
    clientCertificate.presented ? 'presented' : 'not presented',
    requestText(observed.certificateRequest),
  ].join(SEPARATOR)
}

function requestText(request: Observation['certificateRequest']): string {
  if (request === null) return 'not asked'
  const { when, certificateAuthorities: names } = request
  const asked = when === 'late' ? 'asked late' : 'asked'
  if (names.length === 0) return `${asked} without CA names`
  const text = names.join(' | ')
  const digest = () => `sha256 ${createHash('sha256').update(text).digest('hex')}`
  return `${asked} with ${names.length} CA: ${text.length > MAX_NAMES_LENGTH ? digest() : text}`
}

/** Outcomes that say what the server did; the others say that nothing was learned about it. */
const verdicts: ReadonlySet<Outcome> = new Set(['pass', 'fail', 'deviation'])

/** The signature of a cell that was measured; null for one that ended without a verdict. */
function measuredSignature({ outcome, observed }: CellFinished): string | null {
  return observed !== null && verdicts.has(outcome) ? signatureOf(observed) : null
}

/** A measured cell with a line in the baseline passes if it shows the same; all others stay what they are. */
export function judgeByBaseline(baseline: Baseline, cell: CellFinished): CellFinished {
  const was = baseline.get(cell.id)
  const is = measuredSignature(cell)
  if (was === undefined || is === null) return cell
  if (was === is) return { ...cell, outcome: 'pass', reason: null }
  return { ...cell, outcome: 'fail', reason: `changed since the baseline: ${change(was, is)}` }
}

/** The parts that differ; all of both when one has nothing of its own to show. */
function change(was: string, is: string): string {
  const [before, after] = [was.split(SEPARATOR), is.split(SEPARATOR)]
  const gone = before.filter((part) => !after.includes(part))
  const come = after.filter((part) => !before.includes(part))
  if (gone.length === 0 || come.length === 0) return `was ${was}, is ${is}`
  return `was ${gone.join(SEPARATOR)}, is ${come.join(SEPARATOR)}`
}

/**
 * The lines whose cells no longer exist, as failed cells: a test that vanished must not pass for one that is green.
 * `selects` is the run's own selection, so that a run of one server says nothing about another one's lines.
 */
export function vanishedCells(
  baseline: Baseline,
  existing: ReadonlySet<string>,
  selects: (cell: CellIdentifier) => boolean,
): readonly CellFinished[] {
  return [...baseline]
    .filter(([id]) => !existing.has(id))
    .map(([id, was]) => ({ cell: identifierOf(id), was }))
    .filter(({ cell }) => selects(cell))
    .map(({ cell, was }, at) => ({
      type: 'cell',
      ...cell,
      index: existing.size + at,
      title: 'A cell of the baseline that no longer exists',
      outcome: 'fail',
      reason: `changed since the baseline: was ${was}, is no cell any more (--update-baseline takes its line out)`,
      confidence: null,
      durationMs: 0,
      expected: null,
      observed: null,
      rfc: null,
      ladder: [],
      evidence: { transcript: null, pcapng: null },
    }))
}

/** server/policy/tls1.x/client/scenario; a policy's name may have a slash. */
const cellId = /^([^/]+)\/(.+?)\/tls(1\.[23])\/([^/]+)\/(.+)$/

export function isCellId(id: string): boolean {
  return cellId.test(id)
}

function identifierOf(id: string): CellIdentifier {
  const [, server = '', policy = '', tls = '', client = '', scenario = ''] = cellId.exec(id) ?? []
  return {
    ...{ id, server, policy, client, scenario },
    tls: tls as TlsVersion,
    selection: 'forced',
    // The scenario is gone and cannot be asked; most are called like their identity.
    identity: scenario.slice(scenario.lastIndexOf('/') + 1),
  }
}

/**
 * The baseline after a run: measured cells get their line, lines of cells that no longer exist go, and whatever this
 * run did not select or could not measure stays.
 */
export function updatedBaseline(
  baseline: Baseline,
  cells: readonly CellFinished[],
  vanished: readonly CellFinished[],
): Baseline {
  const updated = new Map(baseline)
  for (const { id } of vanished) updated.delete(id)
  for (const cell of cells) {
    const signature = measuredSignature(cell)
    if (signature !== null) updated.set(cell.id, signature)
  }
  return updated
}
