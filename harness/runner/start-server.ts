/**
 * Starts a server within its time. A backend that does not heed its signal is given up, so that a start that hangs
 * cannot hang the run; whatever it starts after that is stopped at once.
 */
import { HarnessError } from '../model/errors.ts'
import type { Backend, ServerBackend, StartedServer, StartOptions } from '../model/server.ts'
import { deadline } from './deadline.ts'

/** Building a container image is slow the first time; a process starts in well under a second. */
const START_TIMEOUT_MS: Readonly<Record<Backend, number>> = {
  embedded: 10_000,
  native: 15_000,
  container: 600_000,
}

/** How long an aborted start may take to end what it began. */
const ABORT_GRACE_MS = 10_000

export interface StartLimits {
  readonly timeoutMs: number
  readonly graceMs: number
}

/** @throws HarnessError ERR_SERVER_START, or what the backend throws; nothing is started for an aborted signal. */
export async function startServer(
  server: ServerBackend,
  options: Omit<StartOptions, 'signal'>,
  signal: AbortSignal,
  limits: StartLimits = { timeoutMs: START_TIMEOUT_MS[options.backend], graceMs: ABORT_GRACE_MS },
): Promise<StartedServer> {
  signal.throwIfAborted()
  using limit = deadline(signal, limits.timeoutMs)
  using grace = afterAbort(limit.signal, limits.graceMs)
  const starting = server.start({ ...options, signal: limit.signal })
  const started = await Promise.race([starting, grace.over])
  if (started !== null) return started
  // Nobody is left to hear of a failure.
  void starting.then((late) => late[Symbol.asyncDispose]()).catch(() => undefined)
  throw new HarnessError(
    'ERR_SERVER_START',
    `expected a start within ${limits.timeoutMs} ms, it has not ended`,
    {
      where: `${server.name}, backend ${options.backend}`,
      hint: 'the backend did not heed its signal: end what it left behind by hand',
    },
  )
}

/** Resolves once the signal has been aborted for this long. */
function afterAbort(signal: AbortSignal, graceMs: number): Disposable & { readonly over: Promise<null> } {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<null>((resolve) => {
    const wait = () => {
      timer = setTimeout(resolve, graceMs, null)
    }
    signal.addEventListener('abort', wait, { once: true })
  })
  return { over, [Symbol.dispose]: () => clearTimeout(timer) }
}
