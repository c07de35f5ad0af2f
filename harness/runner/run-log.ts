/** run.ndjson: one event on each line, written while the run goes on, so that a killed run leaves a readable log. */
import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { HarnessError, messageOf } from '../model/errors.ts'
import { SCHEMA_VERSION, type RunEvent } from '../model/event.ts'

export interface RunLog {
  append(event: RunEvent): void
  /** @throws HarnessError ERR_OUTPUT when the log could not be written. */
  close(): Promise<void>
}

export function createRunLog(path: string): RunLog {
  const stream = createWriteStream(path, { mode: 0o600 })
  const done = finished(stream).then(
    () => null,
    (cause: unknown) => cause,
  )
  return {
    append(event) {
      stream.write(`${JSON.stringify(event)}\n`)
    },
    async close() {
      stream.end()
      const cause = await done
      if (cause === null) return
      throw new HarnessError('ERR_OUTPUT', `the run log could not be written: ${messageOf(cause)}`, {
        where: path,
        hint: 'give another --output, or free some space',
        cause,
      })
    },
  }
}

const eventTypes: ReadonlySet<unknown> = new Set<RunEvent['type']>([
  'run-started',
  'server',
  'cell',
  'run-finished',
])

/**
 * The events of a log in order. A last line that was cut short is left out.
 * @throws HarnessError ERR_RUN_LOG for a line that is no event, with its number.
 */
export async function* readRunLog(path: string): AsyncGenerator<RunEvent> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })
  let number = 0
  let cutShort: HarnessError | null = null
  try {
    for await (const line of lines) {
      number++
      if (cutShort !== null) throw cutShort
      if (line.trim() === '') continue
      try {
        yield parseEvent(line, `${path}:${number}`)
      } catch (error) {
        // Only the last line may be half written, so the next one decides.
        if (!(error instanceof HarnessError) || number === 1) throw error
        cutShort = error
      }
    }
  } catch (error) {
    if (error instanceof HarnessError) throw error
    throw new HarnessError('ERR_RUN_LOG', `the run log could not be read: ${messageOf(error)}`, {
      where: path,
      hint: 'give the output directory of a run, or its run.ndjson',
      cause: error,
    })
  }
}

function parseEvent(line: string, where: string): RunEvent {
  const wanted = { where, hint: 'a run log has one JSON event on each line, as countersign run writes it' }
  let event: unknown
  try {
    event = JSON.parse(line)
  } catch (cause) {
    throw new HarnessError('ERR_RUN_LOG', 'expected a JSON event, found something else', { ...wanted, cause })
  }
  if (typeof event !== 'object' || event === null || !('type' in event) || !eventTypes.has(event.type)) {
    throw new HarnessError('ERR_RUN_LOG', 'expected an event of this version, found another value', wanted)
  }
  if (event.type === 'run-started' && 'schemaVersion' in event && event.schemaVersion !== SCHEMA_VERSION) {
    throw new HarnessError(
      'ERR_RUN_LOG_VERSION',
      `expected schemaVersion ${SCHEMA_VERSION}, found ${String(event.schemaVersion)}`,
      { where, hint: 'read it with the version of countersign that wrote it' },
    )
  }
  return event as RunEvent
}
