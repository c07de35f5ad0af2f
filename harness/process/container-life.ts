/**
 * The life of one container: it can end, or have to go, at any moment after it was created, also before its start
 * has returned. Knows of the engine only what it is handed; container.ts knows the library.
 */
import { spawnSync } from 'node:child_process'
import { messageOf } from '../model/errors.ts'
import { atExit } from './cleanup.ts'

/** What the engine can do with a container that was created. */
export interface ContainerHandle {
  readonly id: string
  /** Settles when the container ends. */
  wait(): Promise<{ readonly StatusCode: number }>
  remove(): Promise<unknown>
  /** The last lines of stdout and stderr, in the frames of the Docker Engine API. */
  lastLines(): Promise<Buffer>
}

export interface ContainerLife {
  /** Takes over a container that was created; settles once it is gone if its start was given up meanwhile. */
  created(handle: ContainerHandle): Promise<void>
  /** Removes the container if there is one; once. */
  readonly remove: () => Promise<void>
  /** Gives up a start that is under way: settles when its container is gone, or when there will be none. */
  giveUp(starting: Promise<unknown>): Promise<void>
  /** Settles with a description, last words included, if the container ends before it is removed. */
  readonly died: Promise<string>
}

/** On every container, with the process id as value: `docker ps --filter label=countersign` finds a killed run's. */
export const LABEL = 'countersign'

const DOCKER_TIMEOUT_MS = 5000
const FRAME_HEADER_BYTES = 8
/** How long this process waits at its very end for a container that the engine is just creating. */
const CREATION = { attempts: 10, intervalMs: 200 } as const

export function newContainerLife(name: string): ContainerLife {
  let remove: (() => Promise<void>) | null = null
  let isGivenUp = false
  let die: (description: string) => void = () => undefined
  const died = new Promise<string>((resolve) => (die = resolve))
  // Until the engine tells the id, nothing but the label can find it.
  const expected = atExit({
    name: `the ${name} container that is being created`,
    kind: 'program',
    dispose: async () => undefined,
    abandon: removeLabelled,
  })
  return {
    async created(handle) {
      let removing = false
      remove = atExit({
        name: `container ${handle.id}`,
        kind: 'program',
        dispose: async () => {
          removing = true
          await handle.remove()
        },
        abandon: () => void docker(['rm', '--force', handle.id]),
      })
      void describeEnd(name, handle).then((description) => {
        if (!removing) die(description)
      })
      await expected()
      if (isGivenUp) await remove()
    },
    remove: async () => remove?.(),
    async giveUp(starting) {
      isGivenUp = true
      // Once there is a container, its removal is all that counts: the library may wait long for one that is gone.
      if (remove === null) await starting.catch(() => undefined)
      await remove?.()
      await expected()
    },
    died,
  }
}

function removeLabelled(): void {
  for (let attempt = 0; attempt < CREATION.attempts; attempt++) {
    const ids = docker(['ps', '--all', '--quiet', '--filter', `label=${LABEL}=${process.pid}`]).split('\n')
    const found = ids.filter((id) => id !== '')
    if (found.length > 0) {
      docker(['rm', '--force', ...found])
      return
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, CREATION.intervalMs)
  }
}

function docker(args: readonly string[]): string {
  const { stdout, error } = spawnSync('docker', args, { timeout: DOCKER_TIMEOUT_MS, encoding: 'utf8' })
  return error === undefined ? stdout : ''
}

async function describeEnd(name: string, handle: ContainerHandle): Promise<string> {
  try {
    const { StatusCode } = await handle.wait()
    const words = readFrames(await handle.lastLines()).trim()
    return `the ${name} container ended with exit code ${StatusCode}: ${words || 'it wrote nothing'}`
  } catch (error) {
    return `the ${name} container was lost: ${messageOf(error)}`
  }
}

/** Docker Engine API, "Attach to a container", stream format: the stream's number, three zeros, a length, the bytes. */
function readFrames(bytes: Buffer): string {
  const chunks: Buffer[] = []
  for (let offset = 0; offset + FRAME_HEADER_BYTES <= bytes.length;) {
    const start = offset + FRAME_HEADER_BYTES
    offset = start + bytes.readUInt32BE(offset + 4)
    chunks.push(bytes.subarray(start, offset))
  }
  return Buffer.concat(chunks).toString('utf8')
}
