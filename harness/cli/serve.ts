/** `countersign serve`: one server, started by hand, until it is interrupted: for curl, a browser, or somebody's client. */
import type { Command } from 'commander'
import { interruptible } from './interrupt.ts'
import { backendChoice, collect, path, port } from './options.ts'
import type { BackendChoice } from './options.ts'

export interface ServeFlags {
  readonly policy?: string
  readonly config?: readonly string[]
  readonly machine?: string
  readonly site?: string
  readonly port: number
  readonly host: string
  readonly pki?: string
  readonly backend: BackendChoice
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('start one server and keep it until Ctrl-C')
    .argument('<server>', 'its name, e.g. iis-10 (countersign list servers)')
    .option('--policy <name>', 'what it asks of clients (default: require)')
    .option(
      '--config <file>',
      "the product's own configuration: applicationHost.config, web.config, or PATH=web.config; may be given more than once",
      collect,
    )
    .option('--machine <file>', 'YAML: what --config cannot say, e.g. accounts, stores, netsh settings', path)
    .option('--site <name>', 'with --config: which of several sites')
    .option('--port <n>', 'the port to listen on', port, 8443)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option(
      '--pki <dir>',
      'use the certificates that countersign issue wrote, with PKCS#12 for browsers',
      path,
    )
    .option('--backend <kind>', 'embedded, native, container or auto', backendChoice, 'auto')
    .action(async (server: string, flags: ServeFlags) => {
      process.exitCode = await interruptible(async (signal) => {
        const { executeServe } = await import('./execute-serve.ts')
        return await executeServe(server, flags, signal)
      })
    })
}
