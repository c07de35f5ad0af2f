/**
 * IIS, played in this process: models made from Microsoft's documents and from what users have published, because IIS
 * itself does not run here. One server for each profile. Facts, confidence and sources: README.md.
 */
import { unavailable } from '../../harness/model/availability.ts'
import type { HttpAnswer, ServerBackend } from '../../harness/model/server.ts'
import { substatusShown } from './pages/substatus-shown.ts'
import { policiesOf } from './policies.ts'
import type { IisPolicy } from './policies.ts'
import { profiles } from './profiles.ts'
import type { IisProfile } from './profiles.ts'
import { reasonsFor } from './reasons.ts'
import { startModel } from './start.ts'

export type { IisPolicy } from './policies.ts'

/** What every run includes; the other profiles run when they are named. */
const DEFAULT_PROFILE = 'iis-10'

const tlsLibrary = `OpenSSL ${process.versions.openssl} (as Schannel)`

export const iisModels: readonly ServerBackend<IisPolicy>[] = profiles.map(backendOf)

function backendOf(profile: IisProfile): ServerBackend<IisPolicy> {
  return {
    name: profile.name,
    aliases: profile.aliases,
    title: profile.title,
    ...(profile.name === DEFAULT_PROFILE ? {} : { onRequest: true }),
    backends: ['embedded'],
    features: new Set([
      ...profile.tls.map((version) => `tls${version}`),
      'plain-http',
      ...(profile.http2 ? ['http2'] : []),
    ]),
    tls: profile.tls,
    policies: policiesOf(profile),
    probe: async (backend) =>
      backend === 'embedded'
        ? { available: true, version: profile.version, tlsLibrary }
        : unavailable(`the IIS model runs inside this process only: use --backend embedded`),
    start: (options) => startModel(profile, tlsLibrary, options),
    serve: async (options) => {
      const { serveConfiguration } = await import('./serve/serve-configuration.ts')
      return await serveConfiguration(profile, options)
    },
    substatusOf,
    reasonsFor,
  }
}

/** A detailed page shows the substatus; of the static one only the log knows it. */
function substatusOf({ body }: HttpAnswer) {
  const substatus = substatusShown(body)
  return substatus === null ? null : ({ substatus, substatusFrom: 'body' } as const)
}
