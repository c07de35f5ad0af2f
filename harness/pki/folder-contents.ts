/** A Pki as the files of a folder, still values. Putting them on disk is write-folder.ts. */
import { HarnessError } from '../model/errors.ts'
import type { Identity, IssuedAuthority, Pki } from '../model/identity.ts'
import { singleLineBase64 } from './encode.ts'
import { authorityFiles, identityFiles, MANIFEST_FILE, README_FILE } from './folder-layout.ts'
import { SERVER, STALE_CRL_FILE } from './folder-layout.ts'
import { manifestOf } from './folder-manifest.ts'
import { folderReadme } from './folder-readme.ts'
import { encodePkcs12 } from './pkcs12.ts'

export interface FolderFile {
  readonly name: string
  readonly contents: string | Uint8Array
  /** Holds a private key: for its owner only. */
  readonly secret: boolean
}

/** What `writePkiFolder` writes of each identity. PKCS#12 takes longer to make than everything else together. */
export type KeyFiles = 'pem' | 'pem-and-pkcs12'

/** The manifest comes first: from then on whatever follows is known to be ours, even if it never gets there. */
export async function folderContents(
  pki: Pki,
  identities: readonly Identity[],
  keyFiles: KeyFiles,
): Promise<readonly FolderFile[]> {
  const authorities = Object.values(pki.authorities)
  const files = [
    readable(MANIFEST_FILE, `${JSON.stringify(manifestOf(pki, identities), null, 2)}\n`),
    readable(README_FILE, folderReadme(identities)),
    ...authorities.map(({ name, certificate }) =>
      readable(authorityFiles[name].certificate, certificate.pem),
    ),
    ...crlFiles(authorities),
    readable(STALE_CRL_FILE, authorities.map(({ staleCrlPem }) => staleCrlPem).join('')),
    ...(await filesOf(SERVER, pki.server, keyFiles)),
    ...(await Promise.all(identities.map((each) => filesOf(each.name, each, keyFiles)))).flat(),
  ]
  checkDistinct(files)
  return files
}

/** Identities that present nothing have no files. */
async function filesOf(name: string, identity: Identity, keyFiles: KeyFiles): Promise<readonly FolderFile[]> {
  const [endEntity, ...rest] = identity.chain
  if (!endEntity || identity.keyPem === null) return []
  const names = identityFiles(name)
  return [
    readable(names.chain, identity.chainPem),
    secret(names.key, identity.keyPem),
    readable(names.der, endEntity.der),
    ...(keyFiles === 'pem'
      ? []
      : [secret(names.pkcs12, await encodePkcs12(name, identity.keyPem, [endEntity, ...rest]))]),
    readable(names.base64, singleLineBase64(endEntity.der)),
  ]
}

function crlFiles(authorities: readonly IssuedAuthority[]): readonly FolderFile[] {
  const crls = new Map<string, string>()
  for (const { name, crlPem } of authorities) {
    const file = authorityFiles[name].crl
    crls.set(file, (crls.get(file) ?? '') + crlPem)
  }
  return [...crls].map(([name, contents]) => readable(name, contents))
}

/** An identity of somebody's own could be called `server` or `ca`. */
function checkDistinct(files: readonly FolderFile[]): void {
  const seen = new Set<string>()
  for (const { name } of files) {
    if (seen.has(name)) {
      throw new HarnessError('ERR_IDENTITY_NAME', `two things would be written to ${name}`, {
        where: 'identities',
        hint: 'rename the identity: server and the names of the CA and CRL files are taken',
      })
    }
    seen.add(name)
  }
}

function readable(name: string, contents: string | Uint8Array): FolderFile {
  return { name, contents, secret: false }
}

function secret(name: string, contents: string | Uint8Array): FolderFile {
  return { name, contents, secret: true }
}
