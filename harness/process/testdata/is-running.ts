/** Whether a process still runs. For tests: nothing else may care about a process that is not its child. */
import { runProgram } from '../run-program.ts'

/** A zombie has ended: kill(pid, 0) would still find it where process 1 reaps nobody. */
export async function isRunning(pid: number): Promise<boolean> {
  const { stdout } = await runProgram({
    command: 'ps',
    args: ['-o', 'stat=', '-p', String(pid)],
    signal: AbortSignal.timeout(5000),
  })
  return stdout.trim() !== '' && !stdout.startsWith('Z')
}
