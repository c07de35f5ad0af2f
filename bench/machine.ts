/** The facts without which a figure says nothing. */
import { availableParallelism, cpus, loadavg } from 'node:os'
import { openssl } from '../harness/clients/openssl.ts'

export interface Machine {
  readonly platform: string
  readonly cpu: string
  readonly cores: number
  /** Runnable processes over the last minute, ours included: far above 1 means that others worked here too. */
  readonly load: number
  readonly node: string
  /** The library inside node. */
  readonly nodeOpenssl: string
  /** The program; null when it is not here. */
  readonly openssl: string | null
}

export async function describeMachine(): Promise<Machine> {
  const program = await openssl.probe()
  return {
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    load: loadavg()[0] ?? 0,
    node: process.versions.node,
    nodeOpenssl: process.versions.openssl,
    openssl: program.available ? program.version : null,
  }
}
