/** `countersign report`: makes any report again from run logs, or merges the logs of shards. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { HarnessError } from '../model/errors.ts'
import type { RunEvent } from '../model/event.ts'
import { collect } from './options.ts'
import { RUN_LOG } from './output-directory.ts'

const HINT = 'countersign run writes one to --output (default countersign-results/)'

export function addReport(program: Command): void {
  program
    .command('report')
    .description('make reports from one run log, or merge the logs of shards')
    .argument('<run...>', `output directories of runs, or their ${RUN_LOG}`)
    .option(
      '--reporter <name[=file]>',
      'console, tap, junit, json or markdown; may be given more than once',
      collect,
    )
    .action(async (runs: readonly string[], options: { reporter?: readonly string[] }) => {
      const { openReporting } = await import('./reporting.ts')
      const { foldRun } = await import('../../reports/run.ts')
      const { verdictOf } = await import('../../reports/exit-code.ts')
      const paths = await Promise.all(runs.map(logOf))
      const events = (await Promise.all(paths.map(eventsIn))).flat()
      const reporting = await openReporting(options.reporter ?? ['console'])
      for (const event of events) reporting.event(event)
      await reporting.close()
      process.exitCode = verdictOf(foldRun(events)).exitCode
    })
}

/** A log that stops after its first line is one of a run that was killed; a file without any line is no log. */
async function eventsIn(path: string): Promise<readonly RunEvent[]> {
  const { readRunLog } = await import('../runner/run-log.ts')
  const events: RunEvent[] = []
  for await (const event of readRunLog(path)) events.push(event)
  if (events.length > 0) return events
  throw new HarnessError('ERR_RUN_LOG', 'expected a run log, found an empty file', {
    where: path,
    hint: HINT,
  })
}

async function logOf(path: string): Promise<string> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new HarnessError('ERR_RUN_LOG', 'expected a run log or the directory of one, found nothing', {
      where: path,
      hint: HINT,
      cause,
    })
  })
  return found.isDirectory() ? join(path, RUN_LOG) : path
}
