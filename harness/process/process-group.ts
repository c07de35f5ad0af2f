/**
 * A program in a process group of its own, so that its workers can be ended with it. POSIX setpgid(2), kill(2).
 * Internal to this folder: child.ts is for servers, run-program.ts for programs that end by themselves.
 */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { existsSync } from 'node:fs'
import { HarnessError } from '../model/errors.ts'

export interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd?: string
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>>
}

export interface Exit {
  readonly exitCode: number | null
  readonly signal: string | null
}

/** What a starter has to clean up. */
export interface Group {
  readonly process: ChildProcess
  readonly pid: number
  /** Settles when the program has ended, its group was killed, and its output was read to the end. */
  readonly exited: Promise<Exit>
}

/** How long output may stay open after the program ended: a daemon that left the group can hold it for ever. */
const OUTPUT_GRACE_MS = 200

/**
 * Starts a program; `listen` attaches readers before the first byte can be lost.
 * @throws HarnessError ERR_PROGRAM_MISSING when there is no such program, ERR_PROGRAM_START for any other reason.
 */
export async function startGroup(
  { command, args, cwd, env }: Command,
  stdin: 'ignore' | 'pipe',
  listen: (process: ChildProcess) => void,
): Promise<Group> {
  const options: SpawnOptions = {
    detached: true,
    stdio: [stdin, 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env: { ...process.env, ...env } }),
  }
  const child = spawn(command, args, options)
  const exited = watch(child)
  listen(child)
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (cause) => reject(startError(command, cwd, cause)))
  })
  // kill(2) and ENOENT arrive here too once the program runs; a signal that found nobody is no news.
  child.on('error', () => undefined)
  return { process: child, pid: child.pid as number, exited }
}

/** Signals every process of the group; false when none is left. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}

function watch(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (exitCode, signal) => {
      // Workers that outlive their leader would keep ports and output open.
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL')
      const done = () => resolve({ exitCode, signal })
      child.once('close', done)
      setTimeout(done, OUTPUT_GRACE_MS).unref()
    })
  })
}

/** spawn reports a missing working directory as ENOENT of the program: the two must not be mixed up. */
function startError(command: string, cwd: string | undefined, cause: Error): HarnessError {
  if (cwd !== undefined && !existsSync(cwd)) {
    return new HarnessError('ERR_PROGRAM_START', `the working directory of ${command} does not exist`, {
      where: cwd,
      cause,
    })
  }
  if ('code' in cause && cause.code === 'ENOENT') {
    return new HarnessError('ERR_PROGRAM_MISSING', `${command} was not found`, {
      hint: `install ${command}, or put it on PATH`,
      cause,
    })
  }
  return new HarnessError('ERR_PROGRAM_START', `${command} could not be started: ${cause.message}`, { cause })
}
