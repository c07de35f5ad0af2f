/** What happens when a reader of stdout or stderr goes away, as `head` does: nothing more is written, quietly. */
import { USAGE_ERROR } from './exit-codes.ts'

/** The exit code stays the command's own: a run's verdict does not depend on who reads it. */
export function survivePipes(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    process.stderr.write(`countersign: stdout cannot be written: ${error.message} [ERR_STDOUT]\n`)
    process.exitCode = USAGE_ERROR
  })
  process.stderr.on('error', () => undefined)
}

/** Everything that was written has left this process, or its reader has. */
export async function flushed(): Promise<void> {
  await Promise.all(
    [process.stdout, process.stderr].map(
      (stream) => new Promise<void>((resolve) => stream.write('', () => resolve())),
    ),
  )
}
