/** A Windows computer for the tests of this folder. */
import { certificateStores } from '../../machine/certificate-stores.ts'
import { eventLog } from '../../machine/events.ts'
import type { Machine } from '../../machine/machine.ts'
import { registryDefaults } from '../../machine/registry.ts'
import type { SchannelRegistry } from '../../machine/registry.ts'
import { profiles } from '../../profiles.ts'
import type { ProfileName } from '../../profiles.ts'
import type { Issued } from './test-pki.ts'

export interface MachineOptions {
  readonly profile?: ProfileName
  readonly registry?: Partial<SchannelRegistry>
  readonly stores?: Readonly<Record<string, readonly Issued[]>>
  readonly trustLists?: Readonly<Record<string, readonly Issued[]>>
}

export function testMachine({ profile = 'iis-10', registry, stores = {}, trustLists = {} }: MachineOptions): Machine {
  const certificates = (contents: Readonly<Record<string, readonly Issued[]>>) =>
    Object.entries(contents).map(
      ([name, members]) => [name, members.map(({ certificate }) => certificate)] as const,
    )
  return {
    profile: profiles.find(({ name }) => name === profile) ?? profiles[0],
    registry: { ...registryDefaults, ...registry },
    stores: certificateStores(Object.fromEntries(certificates(stores)), new Map(certificates(trustLists))),
    accounts: null,
    directory: null,
    events: eventLog(),
  }
}
