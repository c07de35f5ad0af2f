/** Waits until a server accepts TCP connections. Says nothing about TLS on them. */
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { HarnessError } from '../model/errors.ts'

export interface WaitOptions {
  readonly host: string
  readonly port: number
  readonly signal: AbortSignal
  /** Settles when the server is gone: nobody will listen any more. */
  readonly gone?: Promise<unknown>
}

const RETRY_MS = 10

/** @throws HarnessError ERR_START_TIMEOUT when the signal aborts first, ERR_START_GONE when the server ends first. */
export async function waitForPort({ host, port, signal, gone }: WaitOptions): Promise<void> {
  const where = `${host}:${port}`
  const end = new AbortController()
  const ended = () => end.abort()
  gone?.then(ended, ended)
  while (!(await accepts(host, port, signal))) {
    if (end.signal.aborted) {
      throw new HarnessError('ERR_START_GONE', 'the server ended before it listened', { where })
    }
    if (signal.aborted) {
      throw new HarnessError('ERR_START_TIMEOUT', 'the server did not listen in time', {
        where,
        hint: 'give it longer with --timeout',
      })
    }
    await sleep(RETRY_MS)
  }
  // Somebody listens there, but not the server that was started.
  if (end.signal.aborted) {
    throw new HarnessError('ERR_START_GONE', 'the server ended, and another program has its port', { where })
  }
}

function accepts(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(false)
      return
    }
    const socket = connect({ host, port })
    const settle = (accepted: boolean) => {
      signal.removeEventListener('abort', giveUp)
      socket.destroy()
      resolve(accepted)
    }
    const giveUp = () => settle(false)
    signal.addEventListener('abort', giveUp, { once: true })
    socket.once('connect', () => settle(true))
    socket.once('error', giveUp)
  })
}
