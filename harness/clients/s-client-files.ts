/** The PEM files that s_client is told of, each written once and private, with the options that name it. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Identity } from '../model/identity.ts'

export interface PemFiles {
  /** Empty for an identity without a certificate. */
  identity(identity: Identity): Promise<readonly string[]>
  serverCa(pem: string): Promise<readonly string[]>
}

/** Files go into `directory`; many connections may ask for the same one at the same time. */
export function pemFiles(directory: string): PemFiles {
  const identities = new Map<Identity, Promise<readonly string[]>>()
  const serverCas = new Map<string, Promise<readonly string[]>>()
  return {
    identity: (identity) =>
      once(identities, identity, () =>
        writeIdentity(join(directory, `identity-${identities.size}-${identity.name}`), identity),
      ),
    serverCa: (pem) =>
      once(serverCas, pem, () => writeServerCa(join(directory, `server-ca-${serverCas.size}.pem`), pem)),
  }
}

function once<K, V>(values: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  const value = values.get(key) ?? make()
  values.set(key, value)
  return value
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

/**
 * A store for verifying alone: with -CAfile, and with the machine's own CAs, OpenSSL would complete the client's
 * chain from it and send more than the identity says.
 */
async function writeServerCa(path: string, pem: string): Promise<readonly string[]> {
  return ['-verifyCAfile', await writePem(path, pem), '-no-CAfile', '-no-CApath']
}

async function writePem(path: string, pem: string): Promise<string> {
  await writeFile(path, pem, { mode: 0o600 })
  return path
}
