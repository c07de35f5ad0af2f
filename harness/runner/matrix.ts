/** All cells: server policy x client x TLS version x scenario. What is kept and what is skipped is plan.ts. */
import type { Client } from '../model/client.ts'
import type { CellIdentifier } from '../model/event.ts'
import { policyMatches } from '../model/policy.ts'
import type { NamedScenario } from '../model/scenario.ts'
import type { PolicyUnderTest, ServerBackend } from '../model/server.ts'
import { tlsVersions, type TlsVersion } from '../model/tls.ts'

export interface Cell extends CellIdentifier {
  /** The cell's place in the whole matrix, whatever is selected of it. */
  readonly index: number
  readonly underTest: PolicyUnderTest
  readonly namedScenario: NamedScenario
  readonly peers: { readonly server: ServerBackend; readonly client: Client }
}

export interface Peers {
  readonly servers: readonly ServerBackend[]
  readonly clients: readonly Client[]
  readonly scenarios: readonly NamedScenario[]
}

/** Every cell in a stable order; ids are the same on every machine. */
export function matrix({ servers, clients, scenarios }: Peers): readonly Cell[] {
  const cells: Cell[] = []
  for (const server of servers) {
    for (const underTest of server.policies) {
      const applicable = scenarios.filter((scenario) =>
        policyMatches(server.name, underTest.policy, scenario.server),
      )
      for (const tls of tlsVersions) {
        for (const client of clients) {
          for (const namedScenario of applicable.filter(isFor(tls))) {
            cells.push({
              id: `${groupKey(server.name, underTest.policy.name, tls, client.name)}/${namedScenario.id}`,
              index: cells.length,
              server: server.name,
              policy: underTest.policy.name,
              tls,
              client: client.name,
              selection: namedScenario.selection ?? 'forced',
              scenario: namedScenario.id,
              identity: namedScenario.identity,
              underTest,
              namedScenario,
              peers: { server, client },
            })
          }
        }
      }
    }
  }
  return cells
}

function isFor(version: TlsVersion): (scenario: NamedScenario) => boolean {
  return ({ tls }) => tls?.includes(version) ?? true
}

/** The cells of one group share a server policy, a TLS version and a client, and so their control. */
function groupKey(server: string, policy: string, tls: string, client: string): string {
  return `${server}/${policy}/tls${tls}/${client}`
}

export function groupOf(cell: Cell): string {
  return groupKey(cell.server, cell.policy, cell.tls, cell.client)
}
