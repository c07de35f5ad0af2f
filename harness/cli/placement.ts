/** Finds out where each server can run on this machine, and which clients it has. */
import type { Availability } from '../model/availability.ts'
import { messageOf } from '../model/errors.ts'
import type { Client } from '../model/client.ts'
import type { Backend, ServerBackend } from '../model/server.ts'
import type { Placement } from '../runner/plan.ts'
import type { BackendChoice } from './options.ts'

export async function placeServers(
  servers: readonly ServerBackend[],
  choice: BackendChoice,
): Promise<ReadonlyMap<string, Placement>> {
  return new Map(
    await Promise.all(servers.map(async (server) => [server.name, await place(server, choice)] as const)),
  )
}

export async function probeClients(clients: readonly Client[]): Promise<ReadonlyMap<string, Availability>> {
  return new Map(
    await Promise.all(
      clients.map(async (client) => [client.name, await probed(() => client.probe())] as const),
    ),
  )
}

async function place(server: ServerBackend, choice: BackendChoice): Promise<Placement> {
  const candidates = candidatesOf(server, choice)
  if (candidates.length === 0) {
    const reason = `${server.name} has no ${choice} backend, only ${server.backends.join(', ')}`
    return { backend: null, status: 'unsupported', reason }
  }
  const reasons: string[] = []
  for (const backend of candidates) {
    const availability = await probed(() => server.probe(backend))
    if (availability.available) return { backend }
    reasons.push(availability.reason)
  }
  return { backend: null, status: 'unavailable', reason: reasons.join('; ') }
}

/** The backends that are tried, in order. `auto` never builds an image: a first run must not take minutes. */
export function candidatesOf({ backends }: ServerBackend, choice: BackendChoice): readonly Backend[] {
  return backends.filter((backend) => (choice === 'auto' ? backend !== 'container' : backend === choice))
}

async function probed(probe: () => Promise<Availability>): Promise<Availability> {
  try {
    return await probe()
  } catch (thrown) {
    return { available: false, reason: messageOf(thrown) }
  }
}
