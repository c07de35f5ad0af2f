/**
 * Reads a folder that write-folder.ts wrote back into the same Pki, and refuses one whose files do not belong together.
 * The PKCS#12, DER and base64 files are for other programs and are not read.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { AuthorityName, Identity, IssuedAuthority, IssuedCertificate, Pki } from '../model/identity.ts'
import { makeCrowd } from './crowd.ts'
import { decodePem, encodePem } from './encode.ts'
import { everyAuthority } from './every-authority.ts'
import { authorityFiles, identityFiles, MANIFEST_FILE, SERVER } from './folder-layout.ts'
import { sharedFiles, STALE_CRL_FILE } from './folder-layout.ts'
import type { IdentityFiles } from './folder-layout.ts'
import { fingerprint, parseManifest } from './folder-manifest.ts'
import type { Manifest, ManifestIdentity } from './folder-manifest.ts'
import { issuedCertificate } from './issued-certificate.ts'
import { crlIssuerDer } from './revocation.ts'

export interface ReadFolderOptions {
  /** When the crowd, which is in no folder, is issued, epoch milliseconds. */
  readonly now?: number
}

/** @throws HarnessError that names the file when one is missing, damaged, or of another issue. */
export async function readPkiFolder(
  directory: string,
  { now = Date.now() }: ReadFolderOptions = {},
): Promise<Pki> {
  const manifestText = await readText(directory, MANIFEST_FILE)
  const manifest = parseManifest(manifestText, join(directory, MANIFEST_FILE))
  const read = async (name: string) => [name, await readText(directory, name)] as const
  const folder: Folder = { directory, texts: new Map(await Promise.all(filesToRead(manifest).map(read))) }
  const crowd = await makeCrowd(now)
  return {
    authorities: everyAuthority((name) => authorityFrom(folder, name, manifest.authorities[name])),
    server: identityFrom(folder, identityFiles(SERVER), manifest.server),
    identities: new Map(
      manifest.identities.map((each) => [each.name, identityFrom(folder, identityFiles(each.name), each)]),
    ),
    get crowd() {
      return crowd()
    },
    distributionPoint: manifest.distributionPoint,
  }
}

interface Folder {
  readonly directory: string
  /** By file name. */
  readonly texts: ReadonlyMap<string, string>
}

function filesToRead({ identities }: Manifest): readonly string[] {
  const names = identities.filter(({ chain }) => chain.length > 0).map(({ name }) => name)
  const issued = [SERVER, ...names].map(identityFiles)
  return [...sharedFiles, ...issued.flatMap(({ chain, key }) => [chain, key])]
}

function authorityFrom(folder: Folder, name: AuthorityName, expected: string): IssuedAuthority {
  const files = authorityFiles[name]
  const [certificate] = certificatesFrom(folder, files.certificate, [expected])
  if (!certificate) throw damaged(folder, files.certificate, 'no certificate')
  return {
    name,
    certificate,
    crlPem: crlFrom(folder, files.crl, certificate),
    staleCrlPem: crlFrom(folder, STALE_CRL_FILE, certificate),
  }
}

function identityFrom(
  folder: Folder,
  files: IdentityFiles,
  { name, title, chain: expected }: ManifestIdentity,
): Identity {
  if (expected.length === 0) return { name, title, chain: [], chainPem: '', keyPem: null }
  const chain = certificatesFrom(folder, files.chain, expected)
  const keyPem = keyFrom(folder, files.key, chain)
  return { name, title, chain, chainPem: chain.map(({ pem }) => pem).join(''), keyPem }
}

function certificatesFrom(
  folder: Folder,
  file: string,
  expected: readonly string[],
): readonly IssuedCertificate[] {
  const ders = decodePem('CERTIFICATE', textOf(folder, file))
  if (ders.length !== expected.length) {
    throw damaged(folder, file, `${ders.length} certificates where the manifest lists ${expected.length}`)
  }
  ders.forEach((der, index) => {
    if (fingerprint(der) === expected[index]) return
    throw damaged(folder, file, `certificate ${index + 1} is not the one that the manifest lists`)
  })
  return ders.map((der) => attempt(folder, file, () => issuedCertificate(der)))
}

function crlFrom(folder: Folder, file: string, { subject, subjectDer }: IssuedCertificate): string {
  const crl = decodePem('X509 CRL', textOf(folder, file)).find((der) => {
    const issuer = attempt(folder, file, () => crlIssuerDer(der))
    return issuer !== null && Buffer.compare(issuer, subjectDer) === 0
  })
  if (!crl) throw damaged(folder, file, `no CRL of ${subject}`)
  return encodePem('X509 CRL', crl)
}

function keyFrom(folder: Folder, file: string, [endEntity]: readonly IssuedCertificate[]): string {
  const keyPem = textOf(folder, file)
  const key = attempt(folder, file, () => createPrivateKey(keyPem))
  if (!endEntity || !new X509Certificate(endEntity.der).checkPrivateKey(key)) {
    throw damaged(folder, file, 'not the key of the certificate beside it')
  }
  return keyPem
}

function textOf({ texts }: Folder, file: string): string {
  return texts.get(file) ?? ''
}

async function readText(directory: string, file: string): Promise<string> {
  const path = join(directory, file)
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new HarnessError('ERR_PKI_FOLDER_READ', `cannot read: ${messageOf(cause)}`, {
      where: path,
      hint: `give the directory that \`countersign issue --out DIR\` wrote, the one with ${MANIFEST_FILE}`,
      cause,
    })
  }
}

function attempt<T>(folder: Folder, file: string, action: () => T): T {
  try {
    return action()
  } catch (cause) {
    throw damaged(folder, file, messageOf(cause), cause)
  }
}

function damaged({ directory }: Folder, file: string, why: string, cause?: unknown): HarnessError {
  return new HarnessError('ERR_PKI_FOLDER_DAMAGED', `damaged PKI folder: ${why}`, {
    where: join(directory, file),
    hint: 'write the folder again with `countersign issue --out DIR`',
    cause,
  })
}
