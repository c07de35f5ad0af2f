/** A private directory for configuration, keys and logs, removed when it is disposed of. */
import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { HarnessError } from '../model/errors.ts'
import { atExit } from './cleanup.ts'

export interface Scratch extends AsyncDisposable {
  readonly path: string
  /** Writes a file that only its owner can read, with the folders on the way; returns its path. */
  write(name: string, content: string | Uint8Array): Promise<string>
}

/** A program that is just ending may still be writing: removal is tried again. */
const removal = { recursive: true, force: true, maxRetries: 5, retryDelay: 20 } as const

/** mkdtemp(3) makes the directory with mode 0700. */
export async function makeScratch(prefix: string): Promise<Scratch> {
  const path = await mkdtemp(join(tmpdir(), `countersign-${prefix}-`))
  const remove = atExit({
    name: path,
    kind: 'directory',
    dispose: () => rm(path, removal),
    abandon: () => rmSync(path, removal),
  })
  return {
    path,
    write: (name, content) => writePrivate(path, name, content),
    [Symbol.asyncDispose]: remove,
  }
}

/** Writes below a directory with mode 0600; folders on the way get 0700. */
export async function writePrivate(
  directory: string,
  name: string,
  content: string | Uint8Array,
): Promise<string> {
  const path = join(directory, name)
  if (relative(directory, path).startsWith('..')) {
    throw new HarnessError('ERR_SCRATCH_PATH', `${name} lies outside its directory`, { where: directory })
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(path, content, { mode: 0o600 })
  return path
}
