/** Runs the real command, as a script would: dist/harness/cli/main.js, which `npm run build` makes. For tests only. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../process/package-root.ts'

const main = join(packageRoot(), 'dist', 'harness', 'cli', 'main.js')

export interface Finished {
  /** null: a signal ended it. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Invocation {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

export interface Running {
  readonly process: ChildProcessWithoutNullStreams
  readonly finished: Promise<Finished>
}

export function start(args: readonly string[], { cwd, env = {} }: Invocation): Running {
  if (!existsSync(main)) throw new Error(`${main} is missing: npm run build makes it`)
  // Without the loaders that tap gives to every Node process below it, and without the caller's own wishes.
  const { NODE_OPTIONS: _options, COUNTERSIGN_REQUIRE: _require, ...inherited } = process.env
  const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...inherited, ...env } })
  child.stdin.end()
  return { process: child, finished: finish(child) }
}

export async function countersign(args: readonly string[], invocation: Invocation): Promise<Finished> {
  return await start(args, invocation).finished
}

function finish(child: ChildProcessWithoutNullStreams): Promise<Finished> {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) =>
      resolve({ exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    )
  })
}

/** The command lines of processes that name this folder; empty where there is no /proc. */
export function processesAbout(folder: string): readonly string[] {
  if (!existsSync('/proc/self/cmdline')) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      } catch {
        return '' // It ended while we looked.
      }
    })
    .filter((commandLine) => commandLine.includes(folder))
}
