/** One connection of a cell: connect, then dissect what the tap saw. */
import { randomUUID } from 'node:crypto'
import type { ClientReport, ConnectedClient } from '../model/client.ts'
import { HarnessError } from '../model/errors.ts'
import type { Identity } from '../model/identity.ts'
import type { Endpoint, StartedServer } from '../model/server.ts'
import { dissect } from '../wire/dissect.ts'
import type { Captured } from './broken.ts'
import type { Cell } from './matrix.ts'
import { plainTranscript } from './plain-transcript.ts'

export interface Connection extends Captured {
  /** In the query of this connection's request, and of no other. */
  readonly nonce: string
}

export interface ConnectionContext {
  readonly started: StartedServer
  readonly client: ConnectedClient
  readonly timeoutMs: number
}

/** @throws HarnessError ERR_NO_ENDPOINT; whatever the server does is in the report. */
export async function connectOnce(
  cell: Cell,
  identity: Identity,
  { started, client, timeoutMs }: ConnectionContext,
  signal: AbortSignal,
): Promise<Connection> {
  const { request } = cell.namedScenario
  const nonce = randomUUID()
  const answered = await client.connect({
    endpoint: endpointOf(cell, started),
    tls: cell.tls,
    identity,
    target: `${request?.path ?? '/'}?cell=${nonce}`,
    ...(request === undefined ? {} : { request }),
    signal,
  })
  // The deadline may pass while a client is finishing: then no log line can be waited for, and nothing be judged.
  const report: ClientReport = signal.aborted ? { ...answered, closedBy: 'timeout' } : answered
  const plain = request?.scheme === 'http'
  const transcript = plain ? plainTranscript(report.segments) : dissect(report.segments, report.keyLog)
  return { nonce, report, transcript, plain, timeoutMs }
}

function endpointOf({ policy, namedScenario }: Cell, { endpoints }: StartedServer): Endpoint {
  const endpoint = endpoints.get(policy)
  if (!endpoint)
    throw new HarnessError('ERR_NO_ENDPOINT', `the server has no endpoint for the policy '${policy}'`)
  if (namedScenario.request?.scheme === 'http' && endpoint.httpPort === undefined) {
    throw new HarnessError(
      'ERR_NO_ENDPOINT',
      `the server has no endpoint for plain HTTP for the policy '${policy}'`,
      { hint: 'give the policy such a binding, or do not run this scenario under it' },
    )
  }
  return endpoint
}
