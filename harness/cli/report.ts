/** `countersign report`: makes any report again from run logs, or merges the logs of shards. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { HarnessError } from '../model/errors.ts'
import { readRunLog } from '../runner/run-log.ts'
import { watchExitCode } from './exit-code.ts'
import { collect } from './options.ts'
import { RUN_LOG } from './output-directory.ts'
import { openReporting } from './reporting.ts'

export function addReport(program: Command): void {
  program
    .command('report')
    .description('make reports from one run log, or merge the logs of shards')
    .argument('<run...>', `output directories of runs, or their ${RUN_LOG}`)
    .option('--reporter <name[=file]>', 'console, tap, junit or json; may be given more than once', collect)
    .action(async (runs: readonly string[], options: { reporter?: readonly string[] }) => {
      const reporting = openReporting(options.reporter ?? ['console'])
      const exitCode = watchExitCode()
      for (const path of await Promise.all(runs.map(logOf))) {
        for await (const event of readRunLog(path)) {
          reporting.event(event)
          exitCode.event(event)
        }
      }
      await reporting.close()
      process.exitCode = exitCode.code
    })
}

async function logOf(path: string): Promise<string> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new HarnessError('ERR_RUN_LOG', 'expected a run log or the directory of one, found nothing', {
      where: path,
      hint: 'countersign run writes one to --output (default countersign-results/)',
      cause,
    })
  })
  return found.isDirectory() ? join(path, RUN_LOG) : path
}
