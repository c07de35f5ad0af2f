/**
 * One JSON document for other tools: schema version 1 of the design's section 4. Values are unchanged, so a reader
 * gets a peer's own bytes back; only their spelling in the file is made harmless, by JSON's own escapes.
 */
import {
  SCHEMA_VERSION,
  type CellExpectation,
  type CellFinished,
  type ServerStatus,
} from '../harness/model/event.ts'
import type { Observation } from '../harness/model/observation.ts'
import { reporterOnClose } from './on-close.ts'
import type { Run } from './run.ts'
import { replaceInvisible } from './safe-text.ts'

export const json = reporterOnClose('json', 'one JSON document, schema version 1', renderJson)

function renderJson({ started, finished, servers, totals, cells }: Run): string {
  const document = {
    schemaVersion: SCHEMA_VERSION,
    run: {
      id: started?.id ?? null,
      startedAt: started?.startedAt ?? null,
      durationMs: finished?.durationMs ?? null,
      command: started?.command ?? null,
      node: started?.node ?? null,
      openssl: started?.openssl ?? null,
      platform: started?.platform ?? null,
    },
    servers: servers.map(serverValue),
    totals,
    cells: cells.map(cellValue),
  }
  return `${escapeInvisible(JSON.stringify(document, null, 2))}\n`
}

function serverValue({ name, version, tlsLibrary, backend, status, reason }: ServerStatus) {
  return { name, version, tlsLibrary, backend, status, reason }
}

/** Field by field: what an event has beyond the schema stays out. */
function cellValue(cell: CellFinished) {
  return {
    id: cell.id,
    server: cell.server,
    policy: cell.policy,
    tls: cell.tls,
    client: cell.client,
    selection: cell.selection,
    scenario: cell.scenario,
    identity: cell.identity,
    title: cell.title,
    outcome: cell.outcome,
    reason: cell.reason,
    confidence: cell.confidence,
    durationMs: cell.durationMs,
    expected: cell.expected && expectationValue(cell.expected),
    observed: cell.observed && observationValue(cell.observed),
    rfc: cell.rfc,
    evidence: cell.evidence,
  }
}

function expectationValue(expected: CellExpectation) {
  const { accepted, refused, alert, status, substatus, win32, verify, user, certificateAuthorities } =
    expected
  const { asked, closedBy, http2Reset, win32Confidence, source, note } = expected
  return {
    ...{ accepted, refused, alert, status, substatus, win32, verify, user, certificateAuthorities },
    ...{ asked, closedBy, http2Reset, win32Confidence, source, note },
  }
}

function observationValue(observed: Observation) {
  const { accepted, refusal, handshake, certificateRequest, clientCertificate } = observed
  const { http, http2Reset, serverLog } = observed
  return {
    ...{ accepted, refusal, handshake, certificateRequest, clientCertificate },
    ...{ http, http2Reset, serverLog },
  }
}

/** Outside strings JSON.stringify writes nothing invisible but line feeds, which are the layout. */
function escapeInvisible(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      replaceInvisible(line, (codePoint) => {
        const units = [...Array(codePoint > 0xffff ? 2 : 1).keys()]
        const character = String.fromCodePoint(codePoint)
        return units.map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
      }),
    )
    .join('\n')
}
