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
 * @throws HarnessError ERR_RUN_LOG for a line that is no event, with its number, and for a log without any;
 * ERR_RUN_LOG_VERSION when another version of the format was written.
 */
export async function* readRunLog(path: string): AsyncGenerator<RunEvent> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })
  let number = 0
  let events = 0
  let cutShort: HarnessError | null = null
  try {
    for await (const line of lines) {
      number++
      if (cutShort !== null) throw cutShort
      if (line.trim() === '') continue
      const where = `${path}:${number}`
      const value = parseJson(line)
      if (value === undefined) {
        cutShort = notAnEvent(where, 'something that is not JSON')
        // Only the last line may be half written, so the next one decides. A log without its head says nothing.
        if (events === 0) throw cutShort
        continue
      }
      yield eventOf(value, where, events++ === 0)
    }
  } catch (error) {
    if (error instanceof HarnessError) throw error
    throw new HarnessError('ERR_RUN_LOG', `the run log could not be read: ${messageOf(error)}`, {
      where: path,
      hint: 'give the output directory of a run, or its run.ndjson',
      cause: error,
    })
  }
  if (events === 0) throw notAnEvent(path, 'an empty file')
}

/** JSON has no undefined, so it stands for a line that is not JSON. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function eventOf(value: unknown, where: string, isFirst: boolean): RunEvent {
  if (typeof value !== 'object' || value === null || !('type' in value) || !eventTypes.has(value.type)) {
    throw notAnEvent(where, 'another value')
  }
  if (isFirst && value.type !== 'run-started')
    throw notAnEvent(where, `a log that begins with ${String(value.type)}`)
  const version = 'schemaVersion' in value ? value.schemaVersion : undefined
  if (value.type === 'run-started' && version !== SCHEMA_VERSION) {
    throw new HarnessError(
      'ERR_RUN_LOG_VERSION',
      `expected schemaVersion ${SCHEMA_VERSION}, found ${String(version)}`,
      { where, hint: 'read it with the version of countersign that wrote it' },
    )
  }
  return value as RunEvent
}

function notAnEvent(where: string, found: string): HarnessError {
  return new HarnessError('ERR_RUN_LOG', `expected a JSON event of a run, found ${found}`, {
    where,
    hint: 'a run log has one JSON event on each line, the first of them run-started, as countersign run writes it',
  })
}
