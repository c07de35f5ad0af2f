/** The computer that a machine file describes; what it leaves out is as Windows has it by default. */
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { HarnessError, messageOf } from '../../../harness/model/errors.ts'
import type { AuthorityName, Pki } from '../../../harness/model/identity.ts'
import { quoted } from '../configuration/quoted.ts'
import { given } from '../given.ts'
import { certificateStores } from '../machine/certificate-stores.ts'
import { eventLog } from '../machine/events.ts'
import type { Machine } from '../machine/machine.ts'
import { registryDefaults } from '../machine/registry.ts'
import type { IisProfile } from '../profiles.ts'
import { parseCertificate } from '../schannel/certificate.ts'
import type { Certificate } from '../schannel/certificate.ts'
import { faultsByName } from './machine-schema.ts'
import type { MachineFile } from './machine-schema.ts'

/** What the stores hold where the file does not say: the PKI's trusted root, and one that is known and not trusted. */
const defaultStores: Readonly<Record<string, readonly string[]>> = { Root: ['root-a'], CA: ['root-b'] }

export interface MachineSurroundings {
  readonly profile: IisProfile
  readonly pki: Pki
  /** Of the machine file, for the certificates beside it; null without one. */
  readonly path: string | null
}

/** @throws HarnessError ERR_MACHINE_FILE for a certificate that cannot be had. */
export async function machineFromFile(
  { schannel, stores, trustLists, accounts, directory, faults }: MachineFile,
  surroundings: MachineSurroundings,
): Promise<Machine> {
  const { profile } = surroundings
  const members = async (names: readonly string[], where: string) =>
    (await Promise.all(names.map((name) => certificatesNamed(name, where, surroundings)))).flat()
  const all = async (lists: Readonly<Record<string, readonly string[]>>, where: string) =>
    await Promise.all(
      Object.entries(lists).map(
        async ([name, names]) => [name, await members(names, `${where}.${name}`)] as const,
      ),
    )
  const contents = await all({ ...defaultStores, ...stores }, 'stores')
  return {
    profile,
    registry: {
      ...registryDefaults,
      SendTrustedIssuerList: profile.sendTrustedIssuerList,
      ...given(schannel),
    },
    stores: certificateStores(Object.fromEntries(contents), new Map(await all(trustLists, 'trustLists'))),
    accounts,
    directory: directory && { ...directory, ntAuth: await members(directory.ntAuth, 'directory.ntAuth') },
    events: eventLog(),
    ...(faults === null ? {} : { faults: faults.flatMap((name) => faultsByName.get(name) ?? []) }),
  }
}

async function certificatesNamed(
  name: string,
  where: string,
  { pki, path }: MachineSurroundings,
): Promise<readonly Certificate[]> {
  if (Object.hasOwn(pki.authorities, name)) {
    return [certificate(pki.authorities[name as AuthorityName].certificate.der)]
  }
  const file = resolve(dirname(path ?? '.'), name)
  try {
    const bytes = await readFile(file)
    const blocks = bytes.toString('latin1').match(PEM_BLOCK)
    return (blocks ?? [bytes]).map(certificate)
  } catch (cause) {
    const known = Object.keys(pki.authorities).join(', ')
    throw new HarnessError(
      'ERR_MACHINE_FILE',
      `${where} names ${quoted(name)}: no authority, and no certificate file: ${messageOf(cause)}`,
      { where: path ?? 'the machine file', hint: `give a PEM or DER file, or one of ${known}`, cause },
    )
  }
}

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

const certificate = (encoded: Uint8Array | string): Certificate =>
  parseCertificate(new X509Certificate(encoded))
