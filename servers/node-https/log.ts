/**
 * The log of the node-https server: lines as they would stand in a file, found again by the request's nonce or,
 * for a connection that never came to a request, by the client's port.
 */
import type { ConnectionKey, ServerLogEntry } from '../../harness/model/server.ts'

export interface LogRecord {
  readonly policy: string
  readonly clientPort: number | null
  /** The request's query; null for a connection refused before a request. */
  readonly query: string | null
  readonly status: number | null
  readonly verify: string | null
}

export interface Log {
  write(record: LogRecord): void
  /** A new connection comes from this port: what an earlier one left unclaimed is not about it. */
  opened(policy: string, clientPort: number): void
  find(connection: ConnectionKey, signal: AbortSignal): Promise<ServerLogEntry | null>
}

export function newLog(): Log {
  const unclaimed = new Set<LogRecord>()
  const waiters = new Set<(record: LogRecord) => boolean>()
  return {
    write(record) {
      for (const waiter of waiters) if (waiter(record)) return
      unclaimed.add(record)
    },
    opened(policy, clientPort) {
      for (const record of unclaimed) {
        if (record.query === null && record.policy === policy && record.clientPort === clientPort) {
          unclaimed.delete(record)
        }
      }
    },
    async find(connection, signal) {
      for (const record of unclaimed) {
        if (!isAbout(record, connection)) continue
        unclaimed.delete(record)
        return entry(record)
      }
      return new Promise((resolve) => {
        const finish = (found: ServerLogEntry | null) => {
          waiters.delete(waiter)
          signal.removeEventListener('abort', onAbort)
          resolve(found)
        }
        const waiter = (record: LogRecord) => {
          if (!isAbout(record, connection)) return false
          finish(entry(record))
          return true
        }
        const onAbort = () => finish(null)
        waiters.add(waiter)
        signal.addEventListener('abort', onAbort)
        if (signal.aborted) finish(null)
      })
    },
  }
}

function isAbout(record: LogRecord, { policy, nonce, clientPort }: ConnectionKey): boolean {
  if (record.policy !== policy) return false
  if (record.query !== null) return record.query === `cell=${nonce}`
  return clientPort !== null && record.clientPort === clientPort
}

function entry({ policy, clientPort, query, status, verify }: LogRecord): ServerLogEntry {
  const line = `${policy} port=${clientPort ?? '-'} query=${query ?? '-'} status=${status ?? '-'} verify=${verify ?? '-'}`
  return { line, status, substatus: null, win32: null, user: null, verify }
}
