/**
 * Containers for reference servers: built from a Dockerfile, reached on 127.0.0.1, removed when disposed of.
 * The only import of testcontainers in the project, and a lazy one, since it takes half a second.
 */
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { unavailable, type Availability } from '../model/availability.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import { LABEL, newContainerLife } from './container-life.ts'
import { removeContainer } from './container-removal.ts'

export interface ContainerOptions {
  /** Names the image, e.g. `nginx`. */
  readonly name: string
  /** The folder of the Dockerfile. */
  readonly context: string
  readonly buildArgs?: Readonly<Record<string, string>>
  /** A folder of this machine, writable in the container: configuration goes in, logs come out. */
  readonly directory: { readonly host: string; readonly container: string }
  /** Published on 127.0.0.1, each on a port that the engine chooses. */
  readonly ports: readonly number[]
  /** Instead of the Dockerfile's CMD. */
  readonly command?: readonly string[]
  readonly signal: AbortSignal
}

export interface StartedContainer extends AsyncDisposable {
  readonly id: string
  /** Where a port of the container is reached on 127.0.0.1. */
  port(containerPort: number): number
  /** Runs a program in the container; both outputs together. */
  output(command: readonly string[]): Promise<string>
  /** Settles with a description and last words if the container ends before it is disposed of. */
  readonly died: Promise<string>
}

const LOOPBACK = '127.0.0.1'
const PROBE_TIMEOUT_MS = 1800
const START_TIMEOUT_MS = 120_000
const LAST_LINES = 50

/** Whether an engine answers. Its version is the engine's; what runs in a container has its own. */
export async function containerEngine(): Promise<Availability> {
  const hint = 'start Docker, or leave out --backend container'
  const late = new AbortController()
  try {
    const client = await Promise.race([
      loadTestcontainers().then(({ getContainerRuntimeClient }) => getContainerRuntimeClient()),
      sleep(PROBE_TIMEOUT_MS, null, { signal: late.signal }),
    ])
    if (client === null)
      return unavailable(`no container engine answered within ${PROBE_TIMEOUT_MS} ms; ${hint}`)
    return { available: true, version: String(client.info.containerRuntime.serverVersion), tlsLibrary: null }
  } catch (error) {
    return unavailable(`no container engine was reached (${messageOf(error)}); ${hint}`)
  } finally {
    late.abort()
  }
}

/**
 * Builds the image, which the engine caches from run to run, and starts a container of it.
 * @throws HarnessError ERR_CONTAINER_BUILD, or ERR_CONTAINER_START with the container's last words.
 */
export async function startContainer(options: ContainerOptions): Promise<StartedContainer> {
  const { name, ports, command, directory, signal } = options
  const { GenericContainer, getContainerRuntimeClient } = await loadTestcontainers()
  const image = await Promise.race([buildImage(options), abortion(signal)])
  const { container: engine } = await getContainerRuntimeClient()
  const life = newContainerLife(name)

  /** The library leaves these two to a subclass. */
  class LoopbackContainer extends GenericContainer {
    protected override async beforeContainerCreated(): Promise<void> {
      // Otherwise it publishes on every address of the machine.
      this.hostConfig.PortBindings = Object.fromEntries(
        ports.map((port) => [`${port}/tcp`, [{ HostIp: LOOPBACK, HostPort: '0' }]]),
      )
    }
    protected override async containerCreated(id: string): Promise<void> {
      const handle = engine.getById(id)
      await life.created({
        id,
        // It has not been started yet, so this is the exit to come.
        wait: () => handle.wait({ condition: 'next-exit' }) as Promise<{ StatusCode: number }>,
        remove: () => removeContainer(handle),
        lastLines: () => handle.logs({ stdout: true, stderr: true, tail: LAST_LINES }),
      })
    }
  }

  const container = new LoopbackContainer(image)
    .withLabels({ [LABEL]: String(process.pid) })
    .withUser(`${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`)
    .withBindMounts([{ source: directory.host, target: directory.container }])
    .withExposedPorts(...ports)
    .withStartupTimeout(START_TIMEOUT_MS)
  const starting = (command === undefined ? container : container.withCommand([...command])).start()
  try {
    const started = await Promise.race([starting, asError(life.died), abortion(signal)])
    return {
      id: started.getId(),
      port: (containerPort) => started.getMappedPort(containerPort),
      output: async (program) => (await started.exec([...program])).output.trim(),
      died: life.died,
      [Symbol.asyncDispose]: life.remove,
    }
  } catch (cause) {
    // An aborted start goes on in the engine, and may create the container only now.
    await life.giveUp(starting)
    throw new HarnessError('ERR_CONTAINER_START', messageOf(cause), { where: image, cause })
  }
}

/** One tag for each set of build arguments: two runs with other base images do not take each other's image away. */
async function buildImage({ name, context, buildArgs = {} }: ContainerOptions): Promise<string> {
  const { GenericContainer } = await loadTestcontainers()
  const variant = createHash('sha256').update(JSON.stringify(buildArgs)).digest('hex').slice(0, 12)
  const tag = `countersign-${name}:${variant}`
  try {
    await GenericContainer.fromDockerfile(context)
      .withBuildArgs({ ...buildArgs })
      .withCache(true)
      .build(tag, { deleteOnExit: false })
    return tag
  } catch (cause) {
    throw new HarnessError(
      'ERR_CONTAINER_BUILD',
      `the image ${tag} could not be built: ${messageOf(cause)}`,
      {
        where: context,
        hint: `see what docker build ${context} says; without a registry, .ci/prepare-docker.sh makes the base image`,
        cause,
      },
    )
  }
}

async function asError(died: Promise<string>): Promise<never> {
  throw new Error(await died)
}

function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = () =>
      reject(new HarnessError('ERR_CONTAINER_START', 'the start of the container was aborted'))
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}

/**
 * Looks for published ports where startContainer publishes them: on a machine that is itself a container the library
 * would look on the bridge's gateway, and wait there in vain. Without Ryuk, its container that removes what a killed run leaves: its image may not be reachable, and we remove
 * containers ourselves. Whoever has it sets the variable to false.
 */
function loadTestcontainers() {
  process.env['TESTCONTAINERS_HOST_OVERRIDE'] ??= LOOPBACK
  process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true'
  return import('testcontainers')
}
