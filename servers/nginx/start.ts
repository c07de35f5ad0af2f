/** Starts nginx on a backend and follows its access log. */
import { join } from 'node:path'
import { HarnessError, messageOf } from '../../harness/model/errors.ts'
import type { Backend, ServerLogEntry, StartedServer, StartOptions } from '../../harness/model/server.ts'
import { followLog } from '../../harness/process/log-follower.ts'
import { startInContainer } from './container.ts'
import { isAbout, readLine } from './log.ts'
import { startNative } from './native.ts'
import type { NginxPolicy } from './policies.ts'
import { ACCESS_LOG } from './prepare.ts'
import type { Running } from './running.ts'

type Start = (options: StartOptions<NginxPolicy>) => Promise<Running>

const starts: Readonly<Partial<Record<Backend, Start>>> = {
  native: startNative,
  container: startInContainer,
}

export async function start(options: StartOptions<NginxPolicy>): Promise<StartedServer> {
  const running = await run(options)
  const log = followLog(join(options.directory, ACCESS_LOG))
  return {
    ...running.version,
    endpoints: new Map(
      options.policies.map(({ name }, index) => [
        name,
        { host: '127.0.0.1', port: running.ports[index] ?? 0, servername: 'localhost' },
      ]),
    ),
    async serverLog(connection, signal): Promise<ServerLogEntry | null> {
      const line = await log.find((line) => isAbout(line, connection), signal)
      return line === null ? null : readLine(line)
    },
    died: running.died,
    async [Symbol.asyncDispose]() {
      await log[Symbol.asyncDispose]()
      await running[Symbol.asyncDispose]()
    },
  }
}

async function run(options: StartOptions<NginxPolicy>): Promise<Running> {
  const start = starts[options.backend]
  const where = `nginx, ${options.backend} backend`
  if (start === undefined)
    throw new HarnessError('ERR_SERVER_START', 'nginx does not run inside this process', { where })
  try {
    return await start(options)
  } catch (cause) {
    const hint = cause instanceof HarnessError ? cause.hint : null
    throw new HarnessError('ERR_SERVER_START', `nginx did not start: ${messageOf(cause)}`, {
      where,
      ...(hint === null ? {} : { hint }),
      cause,
    })
  }
}
