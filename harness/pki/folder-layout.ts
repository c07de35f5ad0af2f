/**
 * The files of a folder that `countersign issue` writes: a contract, scripts depend on these names.
 * Writing them is write-folder.ts, reading read-folder.ts.
 */
import type { AuthorityName } from '../model/identity.ts'

export const MANIFEST_FILE = 'countersign-pki.json'
export const README_FILE = 'README.txt'

/** The servers' certificate has the same files as an identity, under this name. */
export const SERVER = 'server'

/** Authorities that name the same CRL file share it. */
export const authorityFiles = {
  'root-a': { certificate: 'ca.pem', crl: 'crl.pem' },
  'intermediate-a': { certificate: 'intermediate.pem', crl: 'crl.pem' },
  'expired-intermediate': { certificate: 'expired-intermediate-ca.pem', crl: 'crl.pem' },
  'server-auth-intermediate': { certificate: 'server-auth-intermediate-ca.pem', crl: 'crl.pem' },
  'non-ca-issuer': { certificate: 'non-ca-issuer-ee.pem', crl: 'crl.pem' },
  'root-b': { certificate: 'untrusted-ca.pem', crl: 'untrusted-ca-crl.pem' },
  'root-c': { certificate: 'named-ca.pem', crl: 'named-ca-crl.pem' },
} as const satisfies Record<AuthorityName, { certificate: string; crl: string }>

/** The CRLs of all authorities once more, with a nextUpdate that has passed. */
export const STALE_CRL_FILE = 'stale-crl.pem'

/** Certificate and CRL files, each once. */
export const sharedFiles: readonly string[] = [
  ...new Set(Object.values(authorityFiles).flatMap(({ certificate, crl }) => [certificate, crl])),
  STALE_CRL_FILE,
]

/** By the name of an identity, or SERVER: PEM chain with the end entity first, PKCS#8 key, DER of the end entity, PKCS#12, single-line base64. */
export function identityFiles(name: string) {
  return {
    chain: `${name}.pem`,
    key: `${name}.key`,
    der: `${name}.der`,
    pkcs12: `${name}.pfx`,
    base64: `${name}.b64`,
  } as const
}

export type IdentityFiles = ReturnType<typeof identityFiles>

/** Every file of a folder with these identities; leave out those that present nothing. */
export function folderFiles(identities: readonly string[]): readonly string[] {
  const issued = [SERVER, ...identities].flatMap((name) => Object.values(identityFiles(name)))
  return [MANIFEST_FILE, README_FILE, ...sharedFiles, ...issued]
}
