/** The lists of `countersign list`, made from the registries. Each reads only its own: undici alone takes 60 ms. */
import type { Listable, Row } from './list.ts'

export const lists = {
  async servers() {
    const { servers } = await import('../../servers/index.ts')
    return servers.map(({ name, title, aliases = [], onRequest = false, backends, policies }) => ({
      name,
      title,
      aliases,
      onRequest,
      backends,
      policies: policies.map(({ policy }) => policy.name),
    }))
  },
  async clients() {
    const { clients } = await import('../clients/index.ts')
    return clients.map(({ name, title, features }) => ({ name, title, features: [...features] }))
  },
  async identities() {
    const { identities } = await import('../../scenarios/identities/index.ts')
    return identities.map(({ name, title }) => ({ name, title }))
  },
  async scenarios() {
    const { scenarios } = await import('../../scenarios/index.ts')
    return scenarios.map(({ id, title, identity, rfc }) => ({ name: id, title, identity, rfc }))
  },
  async cells() {
    const [{ clients }, { servers }, { scenarios }, { matrix }] = await Promise.all([
      import('../clients/index.ts'),
      import('../../servers/index.ts'),
      import('../../scenarios/index.ts'),
      import('../runner/matrix.ts'),
    ])
    return matrix({ servers, clients, scenarios }).map(({ id, namedScenario, identity }) => ({
      name: id,
      title: namedScenario.title,
      identity,
    }))
  },
  async reporters() {
    const { reporters } = await import('../../reports/index.ts')
    return reporters.map(({ name, title }) => ({ name, title }))
  },
} as const satisfies Record<Listable, () => Promise<readonly Row[]>>
