/** Starts one server for `countersign serve`, says how to talk to it, and keeps it until the signal. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { Pki } from '../model/identity.ts'
import type { ConfigurationFile, Endpoint, OnLogLine, ServerBackend } from '../model/server.ts'
import { cleanUp } from '../process/cleanup.ts'
import { checkFree } from '../process/port.ts'
import { makeScratch } from '../process/scratch.ts'
import { safeText } from '../../reports/safe-text.ts'
import { servers } from '../../servers/index.ts'
import { HARNESS_ERROR } from './exit-codes.ts'
import { openPki } from './pki.ts'
import { candidatesOf } from './placement.ts'
import type { ServeFlags } from './serve.ts'
import { serverNamed } from './server-names.ts'

const DEFAULT_POLICY = 'require'

/** The certificates that people try first. */
const TRIED_WITH = 'correct'

interface Serving extends AsyncDisposable {
  readonly title: string
  readonly endpoint: Endpoint
  readonly notes: readonly string[]
  readonly died: Promise<string>
}

interface Surroundings {
  readonly pki: Pki
  readonly directory: string
  readonly signal: AbortSignal
}

/** @throws HarnessError for anything wrong with the flags or the files, before anything is started. */
export async function executeServe(name: string, flags: ServeFlags, signal: AbortSignal): Promise<number> {
  const server = serverNamed(name, servers)
  const start = flags.config ? await configured(server, flags) : await underPolicy(server, flags)
  const { port, host, backend } = flags
  // The port of a container is its engine's choice.
  if (port !== 0 && backend !== 'container') await checkFree(port, host)
  try {
    await using certificates = await openPki(flags.pki, { keepFolder: true })
    const { path: directory } = await makeScratch(server.name)
    await using serving = await start({ pki: certificates.pki, directory, signal })
    tell(serving, { directory, folder: certificates.folder })
    return await ended(serving, signal)
  } catch (thrown) {
    if (signal.aborted) return 0
    throw thrown
  } finally {
    await cleanUp()
  }
}

/** 0 when it was told to stop: that is how it is meant to end. */
async function ended({ title, died }: Serving, signal: AbortSignal): Promise<number> {
  const reason = await Promise.race([died, aborted(signal)])
  if (reason === null) return 0
  process.stderr.write(`countersign: ${title} ended: ${safeText(reason)}\n`)
  return HARNESS_ERROR
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null)
    else signal.addEventListener('abort', () => resolve(null), { once: true })
  })
}

async function underPolicy(server: ServerBackend, flags: ServeFlags) {
  for (const option of ['machine', 'site'] as const) {
    if (flags[option] !== undefined)
      throw usage(`--${option}`, 'it belongs to --config', 'give --config FILE')
  }
  const name = flags.policy ?? DEFAULT_POLICY
  const policy = server.policies.find((each) => each.policy.name === name)?.policy
  if (policy === undefined) {
    const known = server.policies.map((each) => each.policy.name).join(', ')
    throw usage('--policy', `${server.name} has no policy '${name}'`, `known: ${known}`)
  }
  const backend = await availableBackend(server, flags)
  return async ({ pki, directory, signal }: Surroundings): Promise<Serving> => {
    const { host, port } = flags
    const ports = new Map(port === 0 ? [] : [[name, port]])
    const options = { backend, policies: [policy], pki, directory, signal, host, ports }
    const started = await server.start({ ...options, onLogLine: tellLogLine })
    const endpoint = started.endpoints.get(name)
    if (endpoint === undefined) throw new HarnessError('ERR_NO_ENDPOINT', `${server.name} has no endpoint`)
    return {
      title: `${server.name} ${started.version}, policy ${name}`,
      endpoint,
      notes:
        port === 0 || endpoint.port === port
          ? []
          : [`the port of a ${backend} cannot be chosen: it is not ${port}`],
      died: started.died,
      [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
    }
  }
}

async function availableBackend(server: ServerBackend, { backend }: ServeFlags) {
  const reasons: string[] = []
  for (const candidate of candidatesOf(server, backend)) {
    const availability = await server.probe(candidate)
    if (availability.available) return candidate
    reasons.push(availability.reason)
  }
  const why = reasons.join('; ') || `${server.name} has no ${backend} backend`
  throw usage('--backend', why, `backends of ${server.name}: ${server.backends.join(', ')}`)
}

async function configured(server: ServerBackend, flags: ServeFlags) {
  const { serve } = server
  if (serve === undefined) {
    const able = servers.filter((each) => each.serve).map((each) => each.name)
    throw usage('--config', `${server.name} cannot be started from a configuration`, `try ${able.join(', ')}`)
  }
  if (flags.policy !== undefined) throw usage('--policy', '--config takes its place', 'leave one of them out')
  const configuration = await Promise.all((flags.config ?? []).map(readFileOf))
  const surroundings = flags.machine === undefined ? null : await readFileOf(flags.machine)
  return async ({ pki, directory, signal }: Surroundings): Promise<Serving> =>
    await serve({
      configuration,
      surroundings,
      site: flags.site ?? null,
      pki,
      directory,
      signal,
      host: flags.host,
      port: flags.port,
      onLogLine: tellLogLine,
    })
}

const tellLogLine: OnLogLine = (line, meaning) => {
  process.stdout.write(`${safeText(line)}\n${meaning === null ? '' : `  = ${safeText(meaning)}\n`}`)
}

/** `FILE` or `PATH=FILE`: the text is of the file, the whole stays its name. */
async function readFileOf(argument: string): Promise<ConfigurationFile> {
  const file = /^\/[^=]*=(.+)$/s.exec(argument)?.[1] ?? argument
  try {
    return { path: argument, text: decode(await readFile(file)) }
  } catch (cause) {
    throw new HarnessError('ERR_CONFIGURATION_READ', `cannot read: ${messageOf(cause)}`, {
      where: file,
      hint: 'give a file that you may read',
      cause,
    })
  }
}

/** Windows tools write UTF-8 and UTF-16 with a byte order mark. */
function decode(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

function tell(
  { title, endpoint, notes }: Serving,
  { directory, folder }: { directory: string; folder: string },
) {
  const { servername, port, httpPort } = endpoint
  const url = `https://${servername}:${port}/`
  const file = (name: string) => join(folder, name)
  // The certificate is localhost's: another name, which SNI asks for, is reached and checked otherwise.
  const reach = servername === 'localhost' ? '' : `--resolve ${servername}:${port}:127.0.0.1 --insecure `
  const curl = `curl ${reach}--cacert ${file('ca.pem')} --cert ${file(`${TRIED_WITH}.pem`)} --key ${file(`${TRIED_WITH}.key`)} ${url}`
  const lines = [
    title,
    `  address       ${url}${httpPort === undefined ? '' : `  http://${servername}:${httpPort}/`}`,
    `  certificates  ${folder}`,
    `  files, logs   ${directory}`,
    `  try           ${curl}`,
    ...notes.map((note) => `  note          ${note}`),
    'Ctrl-C stops it.',
  ]
  process.stdout.write(`${lines.map(safeText).join('\n')}\n`)
}

function usage(where: string, message: string, hint: string): HarnessError {
  return new HarnessError('ERR_USAGE', message, { where, hint })
}
