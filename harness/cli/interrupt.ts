/** Ctrl-C and SIGTERM: the first stops the run, which then cleans up and reports; the second ends at once. */
import { setMaxListeners } from 'node:events'
import { INTERRUPTED } from './exit-codes.ts'

/** Does some work with a signal that aborts when the user interrupts it. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  // Every cell that is under way listens, and --concurrency says how many that are.
  setMaxListeners(0, controller.signal)
  const handle = () => {
    // What is left is then removed by the register's exit handler, synchronously (harness/process/cleanup.ts).
    if (controller.signal.aborted) process.exit(INTERRUPTED)
    process.stderr.write('countersign: interrupted, stopping what was started (again: at once)\n')
    controller.abort()
  }
  process.on('SIGINT', handle)
  process.on('SIGTERM', handle)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', handle)
    process.off('SIGTERM', handle)
  }
}
