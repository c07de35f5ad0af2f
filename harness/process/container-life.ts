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
  created(handle: ContainerHandle): void
  /** Removes the container if there is one; once. */
  readonly remove: () => Promise<void>
  /** Settles with a description, last words included, if the container ends before it is removed. */
  readonly died: Promise<string>
}

const REMOVE_TIMEOUT_MS = 5000
const FRAME_HEADER_BYTES = 8

export function newContainerLife(name: string): ContainerLife {
  let remove: (() => Promise<void>) | null = null
  let die: (description: string) => void = () => undefined
  const died = new Promise<string>((resolve) => (die = resolve))
  return {
    created(handle) {
      let removing = false
      remove = atExit({
        name: `container ${handle.id}`,
        kind: 'program',
        dispose: async () => {
          removing = true
          await handle.remove()
        },
        abandon: () => void spawnSync('docker', ['rm', '--force', handle.id], { timeout: REMOVE_TIMEOUT_MS }),
      })
      void describeEnd(name, handle).then((description) => {
        if (!removing) die(description)
      })
    },
    remove: async () => remove?.(),
    died,
  }
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
