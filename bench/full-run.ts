/**
 * Ours: the whole runner as `countersign run` uses it. Controls, tap, dissecting, log lines, verdicts, evidence files,
 * the run log and the console report; only starting the servers and issuing the certificates stand outside.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { node } from '../harness/clients/node.ts'
import { offers } from '../harness/clients/selection.ts'
import { HarnessError } from '../harness/model/errors.ts'
import { SCHEMA_VERSION, type CellFinished, type RunEvent } from '../harness/model/event.ts'
import type { Pki } from '../harness/model/identity.ts'
import type { ServerBackend } from '../harness/model/server.ts'
import { evidenceIn } from '../harness/runner/evidence.ts'
import { plan } from '../harness/runner/plan.ts'
import { createRunLog } from '../harness/runner/run-log.ts'
import { run } from '../harness/runner/run.ts'
import { consoleReporter } from '../reports/console.ts'
import { scenarios } from '../scenarios/index.ts'
import type { Workload } from './workload.ts'

/** As `countersign run` without flags. */
const TIMEOUT_MS = 5000
const COLUMNS = 100

/** The scenario of the accepted identity, which the runner puts first and last in every group. */
const CONTROL = 'client-certificate/presence/correct'

export interface FullRun {
  readonly servers: readonly ServerBackend[]
  readonly workload: Workload
  readonly pki: Pki
  readonly concurrency: number
  /** An empty directory for the run log and the evidence. */
  readonly output: string
}

export async function fullRun(options: FullRun): Promise<readonly CellFinished[]> {
  const { servers, workload, pki, concurrency, output } = options
  const control = scenarios.find(({ id }) => id === CONTROL)
  if (control === undefined)
    throw new HarnessError('ERR_NO_CONTROL', `the control scenario '${CONTROL}' is gone`)
  const startedAt = performance.now()
  const results: CellFinished[] = []
  const log = createRunLog(join(output, 'run.ndjson'))
  const report = consoleReporter.open({ write: () => undefined, colour: false, columns: COLUMNS })
  const emit = (event: RunEvent) => {
    if (event.type === 'cell') results.push(event)
    report.event(event)
    log.append(event)
  }
  emit(runStarted(workload.cells.length))
  await run({
    plan: plan(
      workload.cells,
      new Map(servers.map(({ name }) => [name, { backend: 'embedded' }])),
      new Map([[node.name, await node.probe()]]),
    ),
    pki,
    control,
    offers,
    deviations: workload.deviations,
    concurrency,
    timeoutMs: TIMEOUT_MS,
    evidence: evidenceIn(output),
    // Borrowed servers and the node client write nothing there.
    makeDirectory: async () => output,
    signal: new AbortController().signal,
    emit,
  })
  emit({ type: 'run-finished', durationMs: Math.round(performance.now() - startedAt), interrupted: false })
  await log.close()
  report.close()
  return results
}

function runStarted(plannedCells: number): RunEvent {
  return {
    type: 'run-started',
    schemaVersion: SCHEMA_VERSION,
    id: randomUUID(),
    startedAt: new Date().toISOString(),
    command: ['npm', 'run', 'bench'],
    node: process.versions.node,
    openssl: process.versions.openssl,
    platform: process.platform,
    plannedCells,
  }
}
