/**
 * Writes a Pki as a folder of PEM, DER, PKCS#12 and base64 files. The roots' private keys are not among them:
 * nothing but issuing more needs those. Reading the folder is read-folder.ts.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { Identity, Pki } from '../model/identity.ts'
import { folderContents } from './folder-contents.ts'
import type { FolderFile, KeyFiles } from './folder-contents.ts'
import { folderFiles, MANIFEST_FILE } from './folder-layout.ts'
import { parseManifest } from './folder-manifest.ts'

export interface WriteFolderOptions {
  /** Names of the identities to write; all when absent or empty. */
  readonly identities?: readonly string[]
  /** With PKCS#12 when absent. */
  readonly keyFiles?: KeyFiles
}

/**
 * Gives the paths written. A folder that an earlier issue wrote is replaced as a whole: its other identities go too,
 * because nobody trusts their issuer any more. Files of anybody else are never touched.
 *
 * @throws HarnessError when a path cannot be written or belongs to somebody else.
 */
export async function writePkiFolder(
  pki: Pki,
  directory: string,
  { identities = [], keyFiles = 'pem-and-pkcs12' }: WriteFolderOptions = {},
): Promise<readonly string[]> {
  const files = await folderContents(pki, selectIdentities(pki, identities), keyFiles)
  await writing(directory, () => mkdir(directory, { recursive: true, mode: 0o700 }))
  const present = await writing(directory, () => readdir(directory))
  const ours = present.includes(MANIFEST_FILE) ? await filesOfEarlierIssue(directory) : []
  refuseForeignFiles(directory, files, present, ours)
  const names = new Set(files.map(({ name }) => name))
  for (const stale of ours.filter((name) => !names.has(name))) {
    await writing(join(directory, stale), () => rm(join(directory, stale), { force: true }))
  }
  for (const file of files) await replaceFile(directory, file)
  return files.map(({ name }) => join(directory, name))
}

function selectIdentities(pki: Pki, names: readonly string[]): readonly Identity[] {
  if (names.length === 0) return [...pki.identities.values()]
  const unknown = names.filter((name) => !pki.identities.has(name))
  if (unknown.length > 0) {
    throw new HarnessError('ERR_IDENTITY_UNKNOWN', `there is no identity ${unknown.join(', ')}`, {
      where: 'identities to issue',
      hint: `choose from ${[...pki.identities.keys()].join(', ')}`,
    })
  }
  return [...pki.identities.values()].filter(({ name }) => names.includes(name))
}

async function filesOfEarlierIssue(directory: string): Promise<readonly string[]> {
  const path = join(directory, MANIFEST_FILE)
  const { identities } = parseManifest(await writing(path, () => readFile(path, 'utf8')), path)
  return folderFiles(identities.filter(({ chain }) => chain.length > 0).map(({ name }) => name))
}

function refuseForeignFiles(
  directory: string,
  files: readonly FolderFile[],
  present: readonly string[],
  ours: readonly string[],
): void {
  const foreign = files
    .map(({ name }) => name)
    .filter((name) => present.includes(name) && !ours.includes(name))
  if (foreign.length === 0) return
  throw new HarnessError(
    'ERR_PKI_FOLDER_FOREIGN',
    `the directory holds files that countersign did not write: ${foreign.join(', ')}`,
    { where: directory, hint: 'choose another directory, or move those files away' },
  )
}

/** A reader sees the old file or the new one, never half of it; a symbolic link is replaced, not followed. */
async function replaceFile(directory: string, { name, contents, secret }: FolderFile): Promise<void> {
  const path = join(directory, name)
  const temporary = join(directory, `.${name}.${randomUUID()}.tmp`)
  await writing(path, async () => {
    try {
      await writeFile(temporary, contents, { flag: 'wx', mode: secret ? 0o600 : 0o644 })
      await rename(temporary, path)
    } catch (cause) {
      await rm(temporary, { force: true })
      throw cause
    }
  })
}

async function writing<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (cause) {
    throw new HarnessError('ERR_PKI_FOLDER_WRITE', `cannot write: ${messageOf(cause)}`, {
      where: path,
      hint: 'choose a directory that you may write to',
      cause,
    })
  }
}
