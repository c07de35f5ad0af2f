/** nginx as a program of this machine. Runs as whoever we are: as root, nginx itself gives its workers to nobody. */
import { HarnessError, messageOf } from '../../harness/model/errors.ts'
import type { StartOptions } from '../../harness/model/server.ts'
import { unavailable, type Availability } from '../../harness/model/availability.ts'
import { startChild, type Child } from '../../harness/process/child.ts'
import { freePorts } from '../../harness/process/port.ts'
import { findProgram, programOutput } from '../../harness/process/program.ts'
import { waitForPort } from '../../harness/process/wait.ts'
import type { NginxPolicy } from './policies.ts'
import { CONFIGURATION, ERROR_LOG, prepare } from './prepare.ts'
import type { Running } from './running.ts'
import { readVersion, type NginxVersion } from './version.ts'

const HOST = '127.0.0.1'
const MISSING =
  'nginx was not found on PATH; install it (apt-get install nginx-light) or use --backend container'

export async function probeNative(): Promise<Availability> {
  const found = await locate()
  return typeof found === 'string' ? unavailable(found) : { available: true, ...found.version }
}

export async function startNative(options: StartOptions<NginxPolicy>): Promise<Running> {
  const { policies, pki, directory, signal, host = HOST } = options
  const found = await locate()
  if (typeof found === 'string') throw new HarnessError('ERR_PROGRAM_MISSING', found)
  const free = await freePorts(policies.length, HOST)
  const ports = policies.map(({ name }, index) => options.ports?.get(name) ?? free[index] ?? 0)
  await prepare(
    directory,
    pki,
    policies.map((policy, index) => ({ policy, address: host, port: ports[index] ?? 0 })),
  )
  const child = await startChild({
    command: found.path,
    // nginx joins the prefix to relative paths without a slash between.
    args: ['-p', `${directory}/`, '-c', CONFIGURATION, '-e', ERROR_LOG],
  })
  try {
    for (const port of ports) await waitForPort({ host: HOST, port, signal, gone: child.exited })
  } catch (cause) {
    await child.stop()
    throw new HarnessError('ERR_SERVER_START', withWords(messageOf(cause), child), { cause })
  }
  let disposed = false
  return {
    version: found.version,
    ports,
    died: new Promise((resolve) => {
      void child.exited.then(({ exitCode, signal }) => {
        if (!disposed) resolve(withWords(`nginx ended with ${signal ?? `exit code ${exitCode}`}`, child))
      })
    }),
    async [Symbol.asyncDispose]() {
      disposed = true
      await child.stop()
    },
  }
}

/** The program, or why there is none. */
async function locate(): Promise<{ path: string; version: NginxVersion } | string> {
  const path = await findProgram('nginx')
  if (path === null) return MISSING
  const version = readVersion(await programOutput(path, ['-V']))
  return version === null ? `${path} is not an nginx with TLS` : { path, version }
}

function withWords(text: string, child: Child): string {
  const words = child.lastWords().trim()
  return words === '' ? text : `${text}: ${words}`
}
