/**
 * A long-running program, such as a server, with everything that it starts. It ends when it is disposed of,
 * and at the latest with this process. Programs that end by themselves are run-program.ts.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { atExit } from './cleanup.ts'
import { OutputTail } from './output-tail.ts'
import { signalGroup, startGroup, type Command, type Exit } from './process-group.ts'

export interface ChildOptions extends Command {
  /** How long the program may take to end after the stop signal; then its group is killed. */
  readonly graceMs?: number
  /** What asks the program to end. */
  readonly stopSignal?: 'SIGTERM' | 'SIGQUIT' | 'SIGINT'
}

export interface Child extends AsyncDisposable {
  readonly pid: number
  /** Never rejects. */
  readonly exited: Promise<Exit>
  /** The end of what the program wrote to stdout and stderr. */
  lastWords(): string
  stop(): Promise<void>
}

const DEFAULT_GRACE_MS = 2000
const LAST_WORDS_BYTES = 8192

/** @throws HarnessError ERR_PROGRAM_MISSING or ERR_PROGRAM_START. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { command, graceMs = DEFAULT_GRACE_MS, stopSignal = 'SIGTERM' } = options
  const output = new OutputTail(LAST_WORDS_BYTES)
  const {
    process: leader,
    pid,
    exited,
  } = await startGroup(options, 'ignore', (child) => {
    child.stdout?.on('data', (chunk: Buffer) => output.append(chunk))
    child.stderr?.on('data', (chunk: Buffer) => output.append(chunk))
  })

  const stop = atExit({
    name: `${command} (process ${pid})`,
    kind: 'program',
    dispose: async () => {
      // The leader alone is asked: a server ends its own workers in its own order.
      leader.kill(stopSignal)
      const grace = new AbortController()
      const ended = exited.then(() => true)
      const late = sleep(graceMs, false, { signal: grace.signal, ref: false }).catch(() => true)
      if (!(await Promise.race([ended, late]))) signalGroup(pid, 'SIGKILL')
      grace.abort()
      await exited
    },
    abandon: () => void signalGroup(pid, 'SIGKILL'),
  })
  // A program that ended by itself needs no cleaning up: this only takes it off the register.
  void exited.then(stop)

  return { pid, exited, lastWords: () => output.text(), stop, [Symbol.asyncDispose]: stop }
}
