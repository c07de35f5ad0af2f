/** Ctrl-C: the first stops the run and cleans up, the second ends at once. */
import { cleanUp } from '../process/cleanup.ts'

const INTERRUPTED = 130

export interface Interruption extends Disposable {
  readonly signal: AbortSignal
}

export function onInterrupt(): Interruption {
  const controller = new AbortController()
  const handle = () => {
    if (controller.signal.aborted) void cleanUp().finally(() => process.exit(INTERRUPTED))
    else controller.abort()
  }
  process.on('SIGINT', handle)
  process.on('SIGTERM', handle)
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      process.off('SIGINT', handle)
      process.off('SIGTERM', handle)
    },
  }
}
