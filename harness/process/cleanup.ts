/**
 * The registry of everything that must not outlive this process: programs, containers, directories.
 * No signal handler is installed here: the CLI owns signals and calls cleanUp(). Killing this process with
 * SIGKILL leaves everything behind; containers carry a label for that case.
 */
import { HarnessError, messageOf } from '../model/errors.ts'

export interface Resource {
  /** Names the resource in an error. */
  readonly name: string
  /** Directories go after the programs that write into them. */
  readonly kind: 'program' | 'directory'
  dispose(): Promise<void>
  /** The synchronous last resort, when the process exits with the resource still there. */
  abandon(): void
}

const kinds = ['program', 'directory'] as const satisfies readonly Resource['kind'][]

interface Entry {
  readonly resource: Resource
  readonly dispose: () => Promise<void>
}

const entries = new Set<Entry>()
let watchingExit = false

/** Registers a resource; returns its disposer, which runs once however often and by whomever it is called. */
export function atExit(resource: Resource): () => Promise<void> {
  if (!watchingExit) {
    watchingExit = true
    process.once('exit', abandonAll)
  }
  let disposed: Promise<void> | null = null
  const entry: Entry = {
    resource,
    dispose: () => (disposed ??= resource.dispose().then(() => void entries.delete(entry))),
  }
  entries.add(entry)
  return entry.dispose
}

/**
 * Disposes of everything that is registered, all of one kind at the same time.
 * @throws HarnessError ERR_CLEAN_UP naming each resource that could not be disposed of.
 */
export async function cleanUp(): Promise<void> {
  const failures: { name: string; reason: unknown }[] = []
  for (const kind of kinds) {
    await Promise.all(
      ofKind(kind).map(async ({ resource, dispose }) => {
        try {
          await dispose()
        } catch (reason) {
          failures.push({ name: resource.name, reason })
        }
      }),
    )
  }
  if (failures.length === 0) return
  throw new HarnessError(
    'ERR_CLEAN_UP',
    failures.map(({ name, reason }) => `could not remove ${name}: ${messageOf(reason)}`).join('; '),
    { cause: new AggregateError(failures.map(({ reason }) => reason)) },
  )
}

function abandonAll(): void {
  for (const kind of kinds) {
    for (const { resource } of ofKind(kind)) {
      try {
        resource.abandon()
      } catch {
        // Nobody is left to tell, and the other resources still wait.
      }
    }
  }
}

function ofKind(kind: Resource['kind']): readonly Entry[] {
  return [...entries].filter(({ resource }) => resource.kind === kind)
}
