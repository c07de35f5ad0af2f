/** `countersign run`: the main job. Puts servers, clients, scenarios and reporters together and runs the plan. */
import type { Command } from 'commander'
import {
  collect,
  backendChoice,
  moreNames,
  names,
  path,
  positiveInteger,
  shard,
  tls,
  type BackendChoice,
} from './options.ts'
import { interruptible } from './interrupt.ts'
import type { TlsVersion } from '../model/tls.ts'
import type { Shard } from '../runner/plan.ts'

export interface RunFlags {
  readonly server?: readonly string[]
  readonly backend: BackendChoice
  readonly client: readonly string[]
  readonly identity?: readonly string[]
  readonly tls?: readonly TlsVersion[]
  readonly grep?: string
  readonly shard?: Shard
  readonly concurrency: number
  readonly timeout: number
  readonly reporter?: readonly string[]
  readonly output: string
  readonly pki?: string
  readonly baseline?: string
  readonly updateBaseline?: true
  readonly require?: readonly string[]
}

export function addRun(program: Command): void {
  program
    .command('run')
    .description('replay identities against servers and judge every answer')
    .option(
      '--server <name,..>',
      'only these servers, also those that run on request; all: every one',
      moreNames,
    )
    .option(
      '--backend <kind>',
      'embedded, native, container or auto (auto: no containers)',
      backendChoice,
      'auto',
    )
    .option('--client <name,..>', 'clients that replay the identities', names, ['node'])
    .option('--identity <name,..>', 'only these identities', moreNames)
    .option('--tls <versions>', '1.2, 1.3 or both', tls)
    .option('--grep <glob>', 'only cells whose id matches, e.g. nginx/require/**')
    .option('--shard <i/n>', 'only this part of the cells', shard)
    .option('--concurrency <n>', 'cells at the same time', positiveInteger, 8)
    .option('--timeout <ms>', 'for one cell', positiveInteger, 5000)
    .option(
      '--reporter <name[=file]>',
      'console, tap, junit, json or markdown; may be given more than once',
      collect,
    )
    .option('--output <dir>', 'where the run log and the evidence go', path, 'countersign-results')
    .option('--pki <dir>', 'use the certificates that countersign issue wrote', path)
    .option('--baseline <file>', 'judge each cell by whether it changed since this file was written', path)
    .option(
      '--update-baseline',
      'write what was measured to the baseline (default: countersign-baseline.json)',
    )
    .option('--require <name,..>', 'servers, clients or backends that must not be unavailable', moreNames)
    .action(async (flags: RunFlags) => {
      // Interruptible before the rest is loaded, which takes longer than many a Ctrl-C.
      process.exitCode = await interruptible(async (signal) => {
        const { execute } = await import('./execute-run.ts')
        return await execute(flags, signal)
      })
    })
}
