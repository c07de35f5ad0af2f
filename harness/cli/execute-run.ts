/** Executes one run: from the flags to the exit code. What goes wrong before it starts is a usage error, and thrown. */
import { clients } from '../clients/index.ts'
import { offers } from '../clients/selection.ts'
import { HarnessError } from '../model/errors.ts'
import type { RunEvent } from '../model/event.ts'
import { cleanUp } from '../process/cleanup.ts'
import { makeScratch } from '../process/scratch.ts'
import { evidenceIn } from '../runner/evidence.ts'
import type { Cell } from '../runner/matrix.ts'
import { plan } from '../runner/plan.ts'
import { createRunLog } from '../runner/run-log.ts'
import { run } from '../runner/run.ts'
import { verdictOf } from '../../reports/exit-code.ts'
import { openProgress } from '../../reports/progress.ts'
import { foldRun } from '../../reports/run.ts'
import { deviations } from '../../scenarios/deviations.ts'
import { scenarios } from '../../scenarios/index.ts'
import { servers } from '../../servers/index.ts'
import { openBaseline } from './baseline.ts'
import { HARNESS_ERROR } from './exit-codes.ts'
import { prepareOutput } from './output-directory.ts'
import { openPki } from './pki.ts'
import { placeServers, probeClients } from './placement.ts'
import { openReporting } from './reporting.ts'
import { insist, requiredNames } from './require.ts'
import type { RunFlags } from './run.ts'
import { absentServers, runStarted } from './run-events.ts'
import { namesOf, selectedCells } from './selection.ts'
import { withoutAlias } from './server-names.ts'
import { tellError } from './tell-error.ts'
import { openLogger, progressOutput } from './terminal.ts'

/** The scenario of the accepted identity, which runs first and last under every policy. */
const CONTROL = 'client-certificate/presence/correct'

/** @throws HarnessError for anything wrong with the flags, before anything is started. */
export async function execute(flags: RunFlags, signal: AbortSignal): Promise<number> {
  const startedAt = performance.now()
  const selected = selectedCells(flags)
  const { cells } = selected
  const control = controlScenario()
  const insistedOn = flags.require?.map((name) => withoutAlias(name, servers))
  const required = requiredNames(insistedOn, { servers: namesOf(servers), clients: namesOf(clients) })
  const baseline = await openBaseline(flags, selected)
  // Neither rejects; both go on while the certificates are issued.
  const probing = Promise.all([
    placeServers(
      peersOf(cells, ({ server }) => server),
      flags.backend,
    ),
    probeClients(peersOf(cells, ({ client }) => client)),
  ])
  await using certificates = await openPki(flags.pki, { keepFolder: false })
  const [placements, availableClients] = await probing
  const reporting = await openReporting(flags.reporter ?? ['console'])
  const { runLog } = await prepareOutput(flags.output)
  const log = createRunLog(runLog)
  const progress = process.stderr.isTTY ? openProgress(progressOutput()) : null
  const insisted = insist(required, servers, flags.backend)
  const events: RunEvent[] = []
  const emit = (measured: RunEvent) => {
    const event = baseline.judge(insisted(measured))
    events.push(event)
    reporting.event(event)
    progress?.event(event)
    log.append(event)
  }

  const failures: unknown[] = []
  await attempt(failures, async () => {
    emit(runStarted(cells.length + baseline.vanished.length))
    for (const event of [...absentServers(placements), ...baseline.vanished]) emit(event)
    await run({
      plan: plan(cells, placements, availableClients),
      pki: certificates.pki,
      control,
      offers,
      deviations,
      concurrency: flags.concurrency,
      timeoutMs: flags.timeout,
      evidence: evidenceIn(flags.output),
      makeDirectory: async (name) => (await makeScratch(name)).path,
      signal,
      emit,
    })
  })
  await attempt(failures, cleanUp)
  const durationMs = Math.round(performance.now() - startedAt)
  // Also after a failure: the cells that are missing then make it a run that lost some, in every report.
  await attempt(failures, async () => emit({ type: 'run-finished', durationMs, interrupted: signal.aborted }))
  progress?.close()
  await attempt(failures, () => log.close())
  await attempt(failures, () => reporting.close())

  const logger = await openLogger()
  logger.info({ durationMs, cells: cells.length, output: flags.output }, 'run finished')
  const vanished = baseline.vanished.map(({ id }) => id)
  if (vanished.length > 0) logger.warn({ vanished }, 'cells of the baseline no longer exist')
  const result = foldRun(events)
  if (failures.length === 0 && result.incomplete === null) {
    await attempt(failures, async () => {
      const refusal = await baseline.update(result.cells)
      if (refusal !== null) logger.warn(refusal)
    })
  }
  const { exitCode } = verdictOf(result)
  return exitCode === 0 && failures.length > 0 ? HARNESS_ERROR : exitCode
}

/** A step that must not keep the later ones from being tried. */
async function attempt(failures: unknown[], step: () => Promise<void>): Promise<void> {
  try {
    await step()
  } catch (thrown) {
    failures.push(thrown)
    tellError(thrown)
  }
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
