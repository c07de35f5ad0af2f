/** Lets several waiters sleep until something may have changed. */

export class Changes {
  readonly #sleepers = new Set<() => void>()

  notify(): void {
    const sleepers = [...this.#sleepers]
    this.#sleepers.clear()
    for (const wake of sleepers) wake()
  }

  /** Resolves at the next notification or at the signal's abort, whichever is first; never rejects. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve()
        return
      }
      const wake = () => {
        signal.removeEventListener('abort', wake)
        this.#sleepers.delete(wake)
        resolve()
      }
      signal.addEventListener('abort', wake, { once: true })
      this.#sleepers.add(wake)
    })
  }
}
