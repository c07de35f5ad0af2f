/** An abort signal that fires after a time or with its parent, and leaves no timer or listener behind. */

export interface Deadline extends Disposable {
  readonly signal: AbortSignal
}

/** AbortSignal.any and AbortSignal.timeout keep their timers and links until collected; a run makes thousands. */
export function deadline(parent: AbortSignal, timeoutMs: number): Deadline {
  const controller = new AbortController()
  const abort = () => controller.abort()
  const timer = setTimeout(abort, timeoutMs)
  parent.addEventListener('abort', abort, { once: true })
  if (parent.aborted) abort()
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer)
      parent.removeEventListener('abort', abort)
    },
  }
}
