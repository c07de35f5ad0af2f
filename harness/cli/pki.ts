/** The certificates of a run: issued now from the specifications, or read from a folder that `issue` wrote. */
import type { Pki } from '../model/identity.ts'
import { issuePki } from '../pki/issue.ts'
import { authorities } from '../../scenarios/identities/authorities.ts'
import { identities } from '../../scenarios/identities/index.ts'
import { server } from '../../scenarios/identities/server.ts'

export const identityNames: readonly string[] = identities.map(({ name }) => name)

export function freshPki(): Promise<Pki> {
  return issuePki({ authorities, server, identities }, { now: Date.now() })
}

/** @throws HarnessError when the folder is missing or damaged. */
export async function pkiFrom(directory: string | undefined): Promise<Pki> {
  if (directory === undefined) return freshPki()
  const { readPkiFolder } = await import('../pki/store.ts')
  return readPkiFolder(directory)
}
