/** nginx in a container of this folder's Dockerfile, with the directory of configuration and logs mounted. */
import { join } from 'node:path'
import { HarnessError } from '../../harness/model/errors.ts'
import type { StartOptions } from '../../harness/model/server.ts'
import { startContainer, type StartedContainer } from '../../harness/process/container.ts'
import { packageRoot } from '../../harness/process/package-root.ts'
import type { NginxPolicy } from './policies.ts'
import { prepare } from './prepare.ts'
import type { Running } from './running.ts'
import { readVersion, type NginxVersion } from './version.ts'

/** Inside the container; the first of as many as there are policies. */
const FIRST_PORT = 8440
/** The prefix in the Dockerfile. */
const PREFIX = '/countersign'

export async function startInContainer(options: StartOptions<NginxPolicy>): Promise<Running> {
  const { policies, pki, directory, signal } = options
  const listeners = policies.map((policy, index) => ({ policy, address: '*', port: FIRST_PORT + index }))
  await prepare(directory, pki, listeners)
  const container = await startContainer({
    name: 'nginx',
    context: join(packageRoot(), 'servers', 'nginx'),
    directory: { host: directory, container: PREFIX },
    ports: listeners.map(({ port }) => port),
    signal,
  })
  const version = await versionIn(container)
  return {
    version,
    ports: listeners.map(({ port }) => container.port(port)),
    died: container.died,
    [Symbol.asyncDispose]: () => container[Symbol.asyncDispose](),
  }
}

async function versionIn(container: StartedContainer): Promise<NginxVersion> {
  try {
    const version = readVersion(await container.output(['nginx', '-V']))
    if (version !== null) return version
    throw new HarnessError('ERR_SERVER_VERSION', 'nginx -V in the container names no version and TLS library')
  } catch (error) {
    await container[Symbol.asyncDispose]()
    throw error
  }
}
