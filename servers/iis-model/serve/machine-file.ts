/**
 * The machine file of `countersign serve --config`: YAML with what IIS's own configuration cannot say, in the words of
 * netsh, of the registry and of the certificate stores. What it means is machine-from-file.ts; README.md has an example.
 */
import { LineCounter, parseDocument } from 'yaml'
import type { Document } from 'yaml'
import { z } from 'zod'
import { HarnessError } from '../../../harness/model/errors.ts'
import type { ConfigurationFile } from '../../../harness/model/server.ts'

const logonMethod = z.enum(['Interactive', 'Batch', 'Network', 'ClearText'])
const flag = z.boolean()
const count = z
  .int()
  .min(0)
  .max(2 ** 31 - 1)

/** `netsh http show sslcert` shows these. */
const sslcert = z.strictObject({
  clientcertnegotiation: flag,
  verifyclientcertrevocation: flag,
  verifyrevocationwithcachedclientcertonly: flag,
  usagecheck: flag,
  revocationfreshnesstime: count,
  urlretrievaltimeout: count,
  sslctlidentifier: z.string().nullable(),
  sslctlstorename: z.string().nullable(),
  dsmapperusage: flag,
})

/** HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL. */
const schannel = z.strictObject({
  SendTrustedIssuerList: z.literal([0, 1]),
  ClientAuthTrustMode: z.literal([0, 1, 2]),
  CertificateMappingMethods: z.int().min(0).max(0x1f),
})

const account = z.strictObject({
  name: z.string().min(1),
  password: z.string(),
  state: z
    .enum(['enabled', 'disabled', 'locked-out', 'expired', 'password-expired', 'password-must-change'])
    .default('enabled'),
  logonRights: z.array(logonMethod).default(['Interactive', 'Batch', 'Network', 'ClearText']),
})

const directory = z.strictObject({
  /** Names of certificates, as in `stores`. */
  ntAuth: z.array(z.string()).default(['root-a']),
  strongCertificateBindingEnforcement: z.literal([0, 1, 2]).default(2),
  users: z
    .array(
      z.strictObject({
        account: z.string().min(1),
        userPrincipalName: z.string().default(''),
        objectSid: z.string().default(''),
        altSecurityIdentities: z.array(z.string()).default([]),
      }),
    )
    .default([]),
})

/** One of our identities in the place of a certificate whose key nobody here has. */
const plays = z.strictObject({
  identity: z.string(),
  /** The position among the one-to-one mappings of the site, from 1. */
  mapping: z.int().min(1),
})

const machineFile = z.strictObject({
  sslcert: sslcert.partial().default({}),
  schannel: schannel.partial().default({}),
  /** By store: authorities of the PKI folder (root-a, intermediate-a, ...) or files, PEM or DER, beside this file. */
  stores: z.record(z.string(), z.array(z.string())).default({}),
  accounts: z.array(account).nullable().default(null),
  /** The clear text of `[enc:...]` passwords, by user name. */
  passwords: z.record(z.string(), z.string()).default({}),
  plays: z.array(plays).default([]),
  directory: directory.nullable().default(null),
  /** Users whom NTFS denies. */
  deniedByAcl: z.array(z.string()).default([]),
})

export type MachineFile = z.infer<typeof machineFile>

/** @throws HarnessError ERR_MACHINE_FILE with file, line and column. */
export function readMachineFile(file: ConfigurationFile | null): MachineFile {
  if (file === null) return machineFile.parse({})
  const lines = new LineCounter()
  const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false })
  const [syntaxError] = document.errors
  if (syntaxError) throw refused(file.path, syntaxError.message, place(lines, syntaxError.pos[0]))
  const result = machineFile.safeParse(document.toJS({ maxAliasCount: 0 }) ?? {})
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = issue?.path ?? []
  const at = path.length === 0 ? 'the document' : path.join('.')
  throw refused(file.path, `${at}: ${issue?.message ?? 'unexpected'}`, positionOf(document, lines, path))
}

function refused(path: string, message: string, position: string): HarnessError {
  return new HarnessError('ERR_MACHINE_FILE', message, {
    where: `${path}:${position}`,
    hint: 'servers/iis-model/README.md shows a machine file with every key',
  })
}

/** Of the nearest node that is there: a missing key has no place of its own. */
function positionOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): string {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      return place(lines, Number(node.range[0]))
    }
  }
  return '1:1'
}

function place(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset)
  return `${line}:${col}`
}
