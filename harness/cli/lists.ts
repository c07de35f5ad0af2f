/** The lists of `countersign list`, made from the registries. */
import { clients } from '../clients/index.ts'
import { matrix } from '../runner/matrix.ts'
import { reporters } from '../../reports/index.ts'
import { identities } from '../../scenarios/identities/index.ts'
import { scenarios } from '../../scenarios/index.ts'
import { servers } from '../../servers/index.ts'
import type { Listable, Row } from './list.ts'

export const lists = {
  servers: () =>
    servers.map(({ name, title, backends, policies }) => ({
      name,
      title,
      backends,
      policies: policies.map(({ policy }) => policy.name),
    })),
  clients: () => clients.map(({ name, title, features }) => ({ name, title, features: [...features] })),
  identities: () => identities.map(({ name, title }) => ({ name, title })),
  scenarios: () => scenarios.map(({ id, title, identity, rfc }) => ({ name: id, title, identity, rfc })),
  cells: () =>
    matrix({ servers, clients, scenarios }).map(({ id, namedScenario, identity }) => ({
      name: id,
      title: namedScenario.title,
      identity,
    })),
  reporters: () => reporters.map(({ name, title }) => ({ name, title })),
} as const satisfies Record<Listable, () => readonly Row[]>
