/**
 * The `openssl` client: `openssl s_client` behind the loopback relay. It is a second opinion: what it prints about
 * CA names, the request, the alert and the answer is compared with what our own dissector read from the same bytes.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openRelay, type Relay } from '../capture/relay.ts'
import type { Client, ClientReport, ClientRequest, ConnectedClient } from '../model/client.ts'
import { unavailable } from '../model/availability.ts'
import type { Identity } from '../model/identity.ts'
import { findProgram } from '../process/program.ts'
import { runProgram } from '../process/run-program.ts'
import { parseHttpAnswer, readClaims } from './s-client-output.ts'

/** `-keylogfile` of s_client came with OpenSSL 1.1.1. */
const MINIMUM_VERSION = '1.1.1'

const PROBE_TIMEOUT_MS = 5000

export const openssl: Client = {
  name: 'openssl',
  title: 'openssl s_client behind a loopback relay',
  features: new Set(['tls1.2', 'tls1.3']),
  async probe() {
    const command = await findProgram('openssl')
    if (command === null) {
      return unavailable(`openssl was not found on PATH; install OpenSSL ${MINIMUM_VERSION} or later`)
    }
    const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS)
    const { stdout } = await runProgram({ command, args: ['version'], signal })
    const version = /^OpenSSL (\S+)/.exec(stdout)?.[1]
    if (version === undefined)
      return unavailable(`${command} is not OpenSSL: it calls itself '${stdout.trim()}'`)
    return { available: true, version, tlsLibrary: `OpenSSL ${version}` }
  },
  async open(directory) {
    return connected((await findProgram('openssl')) ?? 'openssl', directory)
  },
}

function connected(command: string, directory: string): ConnectedClient {
  const written = new Map<string, Promise<readonly string[]>>()
  let connections = 0
  return {
    async connect(request) {
      const { identity } = request
      const identityArgs = written.get(identity.name) ?? writeIdentity(directory, identity)
      written.set(identity.name, identityArgs)
      const caFile = join(directory, 'ca.pem')
      await writeFile(caFile, request.serverCaPem, { mode: 0o600 })
      const keyLogFile = join(directory, `key-log-${++connections}.txt`)
      await using relay = await openRelay(request.endpoint)
      // Awaited here: the relay is closed when this function returns.
      return await run(request, relay, {
        command,
        keyLogFile,
        args: [
          ...arguments_(request, relay.port),
          ...(await identityArgs),
          '-CAfile',
          caFile,
          '-keylogfile',
          keyLogFile,
        ],
      })
    },
    async [Symbol.asyncDispose]() {
      written.clear()
    },
  }
}

function arguments_({ endpoint, tls }: ClientRequest, port: number): readonly string[] {
  return [
    's_client',
    ...['-connect', `127.0.0.1:${port}`],
    ...['-servername', endpoint.servername],
    tls === '1.2' ? '-tls1_2' : '-tls1_3',
    // Weak identities are the subject: the server must refuse them, not our own security level.
    ...['-cipher', 'DEFAULT:@SECLEVEL=0'],
    // Names as RFC 2253 writes them, bytes above 127 as UTF-8: what distinguishedNameText gives.
    ...['-nameopt', 'RFC2253,-esc_msb,utf8'],
    // Without it a request line that starts with Q or R would be taken for a command.
    '-ign_eof',
  ]
}

async function writeIdentity(
  directory: string,
  { name, chain, keyPem }: Identity,
): Promise<readonly string[]> {
  const [leaf, ...issuers] = chain
  if (leaf === undefined || keyPem === null) return []
  const write = async (suffix: string, text: string) => {
    const path = join(directory, `${name}.${suffix}`)
    await writeFile(path, text, { mode: 0o600 })
    return path
  }
  const certificate = await write('pem', leaf.pem)
  const key = await write('key', keyPem)
  const args = ['-cert', certificate, '-key', key]
  if (issuers.length === 0) return args
  return [...args, '-cert_chain', await write('chain.pem', issuers.map((issuer) => issuer.pem).join(''))]
}

interface Invocation {
  readonly command: string
  readonly args: readonly string[]
  readonly keyLogFile: string
}

async function run(request: ClientRequest, relay: Relay, invocation: Invocation): Promise<ClientReport> {
  const { endpoint, target, signal } = request
  const { command, args, keyLogFile } = invocation
  const { stdout, stderr, exitCode, aborted } = await runProgram({
    command,
    args,
    input: `GET ${target} HTTP/1.1\r\nHost: ${endpoint.servername}\r\nUser-Agent: countersign\r\nConnection: close\r\n\r\n`,
    signal,
  })
  if (aborted) relay.tap.closed('timeout')
  else await relay.finished()
  const http = parseHttpAnswer(stdout)
  const claims = readClaims(stdout, stderr, http)
  return {
    segments: relay.tap.segments,
    keyLog: await readFile(keyLogFile, 'latin1').catch(() => ''),
    closedBy: relay.tap.closedBy ?? 'client',
    http,
    error: exitCode === 0 ? null : { code: 'ERR_S_CLIENT', message: stderr.trim().split('\n').at(-1) ?? '' },
    alertReceived: claims.alertReceived,
    clientPort: relay.clientPort,
    claims,
  }
}
