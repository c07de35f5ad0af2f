/** An abort signal that fires after a time or with its parent, and leaves no timer or listener behind. */

export interface Deadline extends Disposable {
  readonly signal: AbortSignal
  /** From now on, this much time and no more. One that has fired stays so. */
  restart(timeoutMs: number): void
}

/** AbortSignal.any and AbortSignal.timeout keep their timers and links until collected; a run makes thousands. */
export function deadline(parent: AbortSignal, timeoutMs: number): Deadline {
  const controller = new AbortController()
  const abort = () => controller.abort()
  let timer = setTimeout(abort, timeoutMs)
  parent.addEventListener('abort', abort, { once: true })
  if (parent.aborted) abort()
  return {
    signal: controller.signal,
    restart(timeoutMs) {
      clearTimeout(timer)
      timer = setTimeout(abort, timeoutMs)
    },
    [Symbol.dispose]() {
      clearTimeout(timer)
      parent.removeEventListener('abort', abort)
    },
  }
}
