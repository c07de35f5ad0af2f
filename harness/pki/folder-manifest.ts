/**
 * countersign-pki.json: what a folder holds, so that it can be read back whole and a mixture of two issues is
 * noticed. Not secret. Where the files are is folder-layout.ts.
 */
import { createHash } from 'node:crypto'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { AuthorityName, Identity, Pki } from '../model/identity.ts'
import { everyAuthority } from './every-authority.ts'
import { checkIdentityNames } from './identity-names.ts'

const FORMAT = 'countersign-pki'
/** 2: more authorities, the stale CRLs, the distribution point. A folder of version 1 lacks their files. */
const VERSION = 2

export interface ManifestIdentity {
  readonly name: string
  readonly title: string
  /** SHA-256 of each certificate in order, lower-case hex; empty when nothing is presented. */
  readonly chain: readonly string[]
}

export interface Manifest {
  readonly format: typeof FORMAT
  readonly version: typeof VERSION
  /** What the certificates name as the place of their issuer's CRL. */
  readonly distributionPoint: string
  /** SHA-256 of the certificate. */
  readonly authorities: Readonly<Record<AuthorityName, string>>
  readonly server: ManifestIdentity
  readonly identities: readonly ManifestIdentity[]
}

export function manifestOf(pki: Pki, identities: readonly Identity[]): Manifest {
  return {
    format: FORMAT,
    version: VERSION,
    distributionPoint: pki.distributionPoint,
    authorities: everyAuthority((name) => fingerprint(pki.authorities[name].certificate.der)),
    server: manifestIdentity(pki.server),
    identities: identities.map(manifestIdentity),
  }
}

export function fingerprint(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}

/** @throws HarnessError ERR_PKI_FOLDER_MANIFEST when this is not a manifest that we can follow. */
export function parseManifest(text: string, where: string): Manifest {
  try {
    return manifestFrom(JSON.parse(text))
  } catch (cause) {
    throw new HarnessError('ERR_PKI_FOLDER_MANIFEST', `malformed manifest: ${messageOf(cause)}`, {
      where,
      hint: 'make a new directory with `countersign issue --out DIR`',
      cause,
    })
  }
}

function manifestFrom(json: unknown): Manifest {
  const manifest = record(json, 'the document')
  literal(manifest['format'], FORMAT, 'format')
  literal(manifest['version'], VERSION, 'version')
  const authorities = record(manifest['authorities'], 'authorities')
  const identities = list(manifest['identities'], 'identities').map((each, index) =>
    identityFrom(each, `identities[${index}]`),
  )
  checkIdentityNames(
    identities.map(({ name }) => name),
    'identities',
  )
  return {
    format: FORMAT,
    version: VERSION,
    distributionPoint: string(manifest['distributionPoint'], 'distributionPoint'),
    authorities: everyAuthority((name) => string(authorities[name], `authorities.${name}`)),
    server: identityFrom(manifest['server'], 'server'),
    identities,
  }
}

function identityFrom(json: unknown, at: string): ManifestIdentity {
  const { name, title, chain } = record(json, at)
  return {
    name: string(name, `${at}.name`),
    title: string(title, `${at}.title`),
    chain: list(chain, `${at}.chain`).map((each, index) => string(each, `${at}.chain[${index}]`)),
  }
}

function record(json: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw unexpected(at, 'an object', json)
  return json as Readonly<Record<string, unknown>>
}

function list(json: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(json)) throw unexpected(at, 'a list', json)
  return json
}

function string(json: unknown, at: string): string {
  if (typeof json !== 'string') throw unexpected(at, 'a string', json)
  return json
}

function literal(json: unknown, wanted: string | number, at: string): void {
  if (json !== wanted) throw unexpected(at, JSON.stringify(wanted), json)
}

function unexpected(at: string, wanted: string, seen: unknown): TypeError {
  const text = seen === undefined ? 'absent' : JSON.stringify(seen)
  return new TypeError(`${at} must be ${wanted}, not ${text}`)
}

function manifestIdentity({ name, title, chain }: Identity): ManifestIdentity {
  return { name, title, chain: chain.map(({ der }) => fingerprint(der)) }
}
