/**
 * Runs a program to its end and collects what it says. What it exits with is a result, never an exception.
 * Servers are child.ts.
 */
import type { Readable, Writable } from 'node:stream'
import { atExit } from './cleanup.ts'
import { signalGroup, startGroup, type Command, type Exit } from './process-group.ts'

export interface RunOptions extends Command {
  readonly input?: string | Uint8Array
  /** Ends the program: SIGTERM, then SIGKILL for its whole group. */
  readonly signal: AbortSignal
  /** Of each of stdout and stderr; what comes later is read and dropped. */
  readonly maxOutputBytes?: number
}

export interface ProgramResult extends Exit {
  readonly stdout: string
  readonly stderr: string
  /** The signal aborted before the program had ended. */
  readonly aborted: boolean
}

const DEFAULT_MAX_OUTPUT_BYTES = 8 * 1024 * 1024
const KILL_GRACE_MS = 300

/** @throws HarnessError ERR_PROGRAM_MISSING or ERR_PROGRAM_START. */
export async function runProgram(options: RunOptions): Promise<ProgramResult> {
  const { command, input, signal, maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES } = options
  if (signal.aborted) return { exitCode: null, signal: null, stdout: '', stderr: '', aborted: true }

  let stdout = () => ''
  let stderr = () => ''
  const {
    process: leader,
    pid,
    exited,
  } = await startGroup(options, input === undefined ? 'ignore' : 'pipe', (child) => {
    stdout = collect(child.stdout, maxOutputBytes)
    stderr = collect(child.stderr, maxOutputBytes)
  })
  let aborted = false
  const kill = atExit({
    name: `${command} (process ${pid})`,
    kind: 'program',
    dispose: async () => {
      leader.kill('SIGTERM')
      const late = setTimeout(() => signalGroup(pid, 'SIGKILL'), KILL_GRACE_MS)
      await exited
      clearTimeout(late)
    },
    abandon: () => void signalGroup(pid, 'SIGKILL'),
  })
  const abort = () => {
    aborted = true
    void kill()
  }
  onAbort(signal, abort)
  if (leader.stdin !== null && input !== undefined) feed(leader.stdin, input)

  const exit = await exited
  signal.removeEventListener('abort', abort)
  await kill()
  return { ...exit, stdout: stdout(), stderr: stderr(), aborted }
}

function collect(stream: Readable | null, maxBytes: number): () => string {
  const chunks: Buffer[] = []
  let lengthBytes = 0
  stream?.on('data', (chunk: Buffer) => {
    const room = maxBytes - lengthBytes
    if (room <= 0) return
    chunks.push(chunk.subarray(0, room))
    lengthBytes += Math.min(chunk.length, room)
  })
  return () => Buffer.concat(chunks).toString('utf8')
}

/** Also when the signal has aborted already, as it may have done while the program was starting. */
function onAbort(signal: AbortSignal, abort: () => void): void {
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
}

function feed(stdin: Writable, input: string | Uint8Array): void {
  // EPIPE: the program ended, or closed its input, before it read everything. Its exit code tells the story.
  stdin.on('error', () => undefined)
  stdin.end(input)
}
