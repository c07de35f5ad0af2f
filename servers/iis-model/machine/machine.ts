/** The Windows computer that IIS runs on: all that is not in IIS's own configuration files. */
import type { IisProfile } from '../profiles.ts'
import type { Fault } from '../schannel/verdict.ts'
import type { Account } from './accounts.ts'
import type { CertificateStores } from './certificate-stores.ts'
import type { Directory } from './directory.ts'
import type { EventLog } from './events.ts'
import type { SchannelRegistry } from './registry.ts'

export interface Machine {
  readonly profile: IisProfile
  readonly registry: SchannelRegistry
  readonly stores: CertificateStores
  /** null: nobody said which accounts there are, so each is taken to exist with the password that is configured. */
  readonly accounts: readonly Account[] | null
  /** null: not a member of a domain. */
  readonly directory: Directory | null
  readonly events: EventLog
  /** Which fault of a certificate wins, and which are looked at; absent: the table of schannel/verdict.ts. */
  readonly faults?: readonly Fault[]
}
