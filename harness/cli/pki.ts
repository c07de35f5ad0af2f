/**
 * The certificates of a run: issued now from the specifications, or read from a folder that `issue` wrote. Their CRLs are
 * served over HTTP for as long as they are used, at the address that the certificates name.
 */
import { HarnessError } from '../model/errors.ts'
import type { Pki } from '../model/identity.ts'
import { issuePki } from '../pki/issue.ts'
import { openDistributionPoint, serveCrls } from '../process/distribution-point.ts'
import { makeScratch } from '../process/scratch.ts'
import { authorities } from '../../scenarios/identities/authorities.ts'
import { identities } from '../../scenarios/identities/index.ts'
import { server } from '../../scenarios/identities/server.ts'

export const identityNames: readonly string[] = identities.map(({ name }) => name)

/** Where the certificates of `issue` say that their CRLs are: below the ports that docker-compose.yml takes. */
export const ISSUED_DISTRIBUTION_POINT = 'http://127.0.0.1:8439'

export interface OpenPki extends AsyncDisposable {
  readonly pki: Pki
  /** The folder with the certificates; '' when nobody asked for one. */
  readonly folder: string
}

export function freshPki(distributionPoint: string): Promise<Pki> {
  return issuePki({ authorities, server, identities }, { now: Date.now(), distributionPoint })
}

/**
 * @param keepFolder Certificates that were issued now are written to a private folder too, as PEM, which cleanUp() removes.
 * @throws HarnessError when the folder is missing or damaged, or its distribution point's port is taken.
 */
export async function openPki(
  directory: string | undefined,
  { keepFolder }: { readonly keepFolder: boolean },
): Promise<OpenPki> {
  if (directory === undefined) return await issued(keepFolder)
  const { readPkiFolder } = await import('../pki/store.ts')
  const pki = await readPkiFolder(directory)
  return opened(pki, directory, await crlsOf(pki))
}

/** Somebody who issues for a place of their own serves the CRLs there, and this run may go on. */
async function crlsOf(pki: Pki): Promise<AsyncDisposable | null> {
  try {
    return await serveCrls({ pki })
  } catch (thrown) {
    if (!(thrown instanceof HarnessError) || thrown.code !== 'ERR_DISTRIBUTION_POINT_ELSEWHERE') throw thrown
    process.stderr.write(
      `countersign: the CRLs are not served from here: ${pki.distributionPoint} is not this machine\n`,
    )
    return null
  }
}

async function issued(keepFolder: boolean): Promise<OpenPki> {
  const point = await openDistributionPoint({})
  try {
    const pki = await freshPki(point.url)
    point.publish(pki)
    return opened(pki, keepFolder ? await written(pki) : '', point)
  } catch (thrown) {
    await point[Symbol.asyncDispose]()
    throw thrown
  }
}

async function written(pki: Pki): Promise<string> {
  const { writePkiFolder } = await import('../pki/store.ts')
  const { path } = await makeScratch('pki')
  await writePkiFolder(pki, path, { keyFiles: 'pem' })
  return path
}

function opened(pki: Pki, folder: string, crls: AsyncDisposable | null): OpenPki {
  return {
    pki,
    folder,
    async [Symbol.asyncDispose]() {
      await crls?.[Symbol.asyncDispose]()
    },
  }
}
