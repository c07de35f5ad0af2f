/** The events of a run that no cell brings about: its start, and the servers that cannot run here. */
import { randomUUID } from 'node:crypto'
import { SCHEMA_VERSION, type RunStarted, type ServerStatus } from '../model/event.ts'
import type { Placement } from '../runner/plan.ts'

export function runStarted(plannedCells: number): RunStarted {
  return {
    type: 'run-started',
    schemaVersion: SCHEMA_VERSION,
    id: randomUUID(),
    startedAt: new Date().toISOString(),
    command: ['countersign', ...process.argv.slice(2)],
    node: process.versions.node,
    openssl: process.versions.openssl,
    platform: process.platform,
    plannedCells,
  }
}

export function absentServers(placements: ReadonlyMap<string, Placement>): readonly ServerStatus[] {
  return [...placements].flatMap(([name, placement]) =>
    placement.backend === null
      ? [{ type: 'server', name, version: null, tlsLibrary: null, ...placement } as const]
      : [],
  )
}
