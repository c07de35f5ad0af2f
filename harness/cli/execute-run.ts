/** Executes one run: from the flags to the exit code. */
import { randomUUID } from 'node:crypto'
import { clients } from '../clients/index.ts'
import { HarnessError } from '../model/errors.ts'
import { SCHEMA_VERSION, type RunEvent, type RunStarted } from '../model/event.ts'
import { cleanUp } from '../process/cleanup.ts'
import { makeScratch } from '../process/scratch.ts'
import { evidenceIn } from '../runner/evidence.ts'
import { matrix, type Cell } from '../runner/matrix.ts'
import { plan, select, type Placement } from '../runner/plan.ts'
import { createRunLog } from '../runner/run-log.ts'
import { run } from '../runner/run.ts'
import { openProgress } from '../../reports/progress.ts'
import { deviations } from '../../scenarios/deviations.ts'
import { scenarios } from '../../scenarios/index.ts'
import { servers } from '../../servers/index.ts'
import { watchExitCode } from './exit-code.ts'
import { onInterrupt } from './interrupt.ts'
import { knownNames } from './options.ts'
import { prepareOutput } from './output-directory.ts'
import { identityNames, pkiFrom } from './pki.ts'
import { placeServers, probeClients } from './placement.ts'
import { openReporting } from './reporting.ts'
import { insist, requiredNames } from './require.ts'
import type { RunFlags } from './run.ts'
import { colourOn, openLogger } from './terminal.ts'

/** The scenario of the accepted identity, which runs first and last under every policy. */
const CONTROL = 'client-certificate/presence/correct'

/** @throws HarnessError for anything wrong with the flags. */
export async function execute(flags: RunFlags): Promise<number> {
  const startedAt = performance.now()
  const cells = selectedCells(flags)
  const required = requiredNames(flags.require, {
    servers: servers.map(({ name }) => name),
    clients: clients.map(({ name }) => name),
  })
  const reporting = openReporting(flags.reporter ?? ['console'])
  const { runLog } = await prepareOutput(flags.output)
  const [pki, placements, availableClients] = await Promise.all([
    pkiFrom(flags.pki),
    placeServers(
      peersOf(cells, ({ server }) => server),
      flags.backend,
    ),
    probeClients(peersOf(cells, ({ client }) => client)),
  ])
  const log = createRunLog(runLog)
  const exitCode = watchExitCode()
  const progress = process.stderr.isTTY ? openProgress(stderr()) : null
  const insisted = insist(required, servers)
  const emit = (event: RunEvent) => {
    const final = insisted(event)
    for (const sink of [exitCode, reporting, ...(progress ? [progress] : [])]) sink.event(final)
    log.append(final)
  }

  using interruption = onInterrupt()
  emit(runStarted(cells.length))
  for (const status of absentServers(placements)) emit(status)
  await run({
    plan: plan(cells, placements, availableClients),
    pki,
    control: controlScenario(),
    deviations,
    concurrency: flags.concurrency,
    timeoutMs: flags.timeout,
    evidence: evidenceIn(flags.output),
    makeDirectory: async (name) => (await makeScratch(name)).path,
    signal: interruption.signal,
    emit,
  }).finally(cleanUp)
  const durationMs = Math.round(performance.now() - startedAt)
  emit({ type: 'run-finished', durationMs, interrupted: interruption.signal.aborted })
  progress?.close()
  await log.close()
  await reporting.close()
  const logger = await openLogger()
  logger.info({ durationMs, cells: cells.length, output: flags.output }, 'run finished')
  return exitCode.code
}

function selectedCells(flags: RunFlags): readonly Cell[] {
  return select(matrix({ servers, clients, scenarios }), {
    servers: knownNames(
      '--server',
      flags.server,
      servers.map(({ name }) => name),
    ),
    clients: knownNames(
      '--client',
      flags.client,
      clients.map(({ name }) => name),
    ),
    identities: knownNames('--identity', flags.identity, identityNames),
    tls: flags.tls ?? null,
    grep: flags.grep ?? null,
    shard: flags.shard ?? null,
  })
}

function peersOf<T extends { readonly name: string }>(
  cells: readonly Cell[],
  of: (peers: Cell['peers']) => T,
): readonly T[] {
  return [...new Map(cells.map(({ peers }) => [of(peers).name, of(peers)])).values()]
}

function controlScenario() {
  const control = scenarios.find(({ id }) => id === CONTROL)
  if (control === undefined)
    throw new HarnessError('ERR_NO_CONTROL', `the control scenario '${CONTROL}' is gone`)
  return control
}

function absentServers(placements: ReadonlyMap<string, Placement>): readonly RunEvent[] {
  return [...placements].flatMap(([name, placement]) =>
    placement.backend === null
      ? [{ type: 'server', name, version: null, tlsLibrary: null, ...placement } as const]
      : [],
  )
}

function runStarted(plannedCells: number): RunStarted {
  return {
    type: 'run-started',
    schemaVersion: SCHEMA_VERSION,
    id: randomUUID(),
    startedAt: new Date().toISOString(),
    command: ['countersign', ...process.argv.slice(2)],
    node: process.versions.node,
    openssl: process.versions.openssl,
    platform: process.platform,
    plannedCells,
  }
}

function stderr() {
  return {
    write: (text: string) => process.stderr.write(text),
    colour: colourOn(process.stderr),
    columns: process.stderr.columns,
  }
}
