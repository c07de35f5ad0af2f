/** The PEM files that s_client is told of, each written once and private, with the options that name it. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Identity } from '../model/identity.ts'

/** Gives the options for an identity; none for one without a certificate. */
export type IdentityOptions = (identity: Identity) => Promise<readonly string[]>

/** Files go into `directory`; many connections may ask for the same identity at the same time. */
export function identityFiles(directory: string): IdentityOptions {
  const written = new Map<Identity, Promise<readonly string[]>>()
  return (identity) => {
    const path = join(directory, `identity-${written.size}-${identity.name}`)
    const options = written.get(identity) ?? writeIdentity(path, identity)
    written.set(identity, options)
    return options
  }
}

async function writeIdentity(path: string, { chain, keyPem }: Identity): Promise<readonly string[]> {
  const [leaf, ...issuers] = chain
  if (leaf === undefined || keyPem === null) return []
  const args = [
    ...['-cert', await writePem(`${path}.pem`, leaf.pem)],
    ...['-key', await writePem(`${path}.key`, keyPem)],
  ]
  if (issuers.length === 0) return args
  const chainPem = issuers.map((issuer) => issuer.pem).join('')
  return [...args, '-cert_chain', await writePem(`${path}.chain.pem`, chainPem)]
}

async function writePem(path: string, pem: string): Promise<string> {
  await writeFile(path, pem, { mode: 0o600 })
  return path
}
