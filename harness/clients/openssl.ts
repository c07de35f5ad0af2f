/**
 * The `openssl` client: `openssl s_client` behind the loopback relay. It is a second opinion: what it prints about
 * CA names, the request, the alert and the answer is compared with what our own dissector read from the same bytes.
 */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openRelay, type Relay } from '../capture/relay.ts'
import { unavailable, type Availability } from '../model/availability.ts'
import type { Client, ClientReport, ClientRequest, ConnectedClient } from '../model/client.ts'
import { findProgram, programOutput } from '../process/program.ts'
import { runProgram } from '../process/run-program.ts'
import { httpRequestOf } from './http-request.ts'
import { errorLine, readSClientOutput } from './s-client-output.ts'
import { identityFiles } from './s-client-files.ts'

/** `-keylogfile` of s_client came with OpenSSL 1.1.1. */
const MINIMUM_VERSION = '1.1.1'

export const openssl: Client = {
  name: 'openssl',
  title: 'openssl s_client behind a loopback relay',
  features: new Set(['tls1.2', 'tls1.3', 'request-body', 'cipher-suites', 'refuse-renegotiation']),
  async probe() {
    const command = await findProgram('openssl')
    if (command === null) {
      return unavailable(`openssl was not found on PATH; install OpenSSL ${MINIMUM_VERSION} or later`)
    }
    return availabilityOf(command, await programOutput(command, ['version']))
  },
  async open(directory) {
    const command = (await findProgram('openssl')) ?? 'openssl'
    const version = versionOf(await programOutput(command, ['version']).catch(() => ''))
    return connected(command, optionsSince(version ?? MINIMUM_VERSION), directory)
  },
}

/** What `openssl version` says of the program; LibreSSL has another s_client. */
export function availabilityOf(command: string, says: string): Availability {
  const version = versionOf(says)
  if (version === null) return unavailable(`${command} is not OpenSSL: it calls itself '${says}'`)
  if (isBefore(version, MINIMUM_VERSION)) {
    return unavailable(`${command} is OpenSSL ${version}; this client needs ${MINIMUM_VERSION} or later`)
  }
  return { available: true, version, tlsLibrary: `OpenSSL ${version}` }
}

function versionOf(says: string): string | null {
  return /^OpenSSL (\d+\.\d+\.\d+\S*)/.exec(says)?.[1] ?? null
}

function isBefore(version: string, other: string): boolean {
  return version.localeCompare(other, 'en', { numeric: true }) < 0
}

/**
 * OpenSSL 3 answers a FIN without close_notify with an alert of its own, decode_error, and the transcript would end
 * in what the client thought of the end.
 */
function optionsSince(version: string): readonly string[] {
  return isBefore(version, '3.0.0') ? [] : ['-ignore_unexpected_eof']
}

function connected(command: string, versionOptions: readonly string[], directory: string): ConnectedClient {
  const identityOptions = identityFiles(directory)
  let connections = 0
  return {
    async connect(request) {
      const keyLogFile = join(directory, `key-log-${++connections}.txt`)
      const identity = await identityOptions(request.identity)
      const sendsBody = (request.request?.bodyBytes ?? 0) > 0
      await using relay = await openRelay(request.endpoint, { resetWhenQuiet: sendsBody })
      // Awaited here: the relay is closed when this function returns.
      return await run(request, relay, {
        command,
        keyLogFile,
        args: [...options(request, relay.port), ...versionOptions, ...identity, '-keylogfile', keyLogFile],
      })
    },
    // The programs have ended, and the directory is removed by its owner.
    async [Symbol.asyncDispose]() {},
  }
}

function options({ endpoint, tls, request = {} }: ClientRequest, port: number): readonly string[] {
  const { ciphers = ['DEFAULT'], renegotiation } = request
  // TLS 1.3's suites are an option of their own.
  const suites = ciphers.filter((cipher) => cipher.startsWith('TLS_'))
  const olderCiphers = ciphers.filter((cipher) => !cipher.startsWith('TLS_'))
  return [
    's_client',
    ...['-connect', `127.0.0.1:${port}`],
    ...['-servername', endpoint.servername],
    tls === '1.2' ? '-tls1_2' : '-tls1_3',
    // Weak identities are the subject: the server must refuse them, not our own security level.
    ...['-cipher', [olderCiphers.join(':') || 'DEFAULT', '@SECLEVEL=0'].join(':')],
    ...(suites.length === 0 ? [] : ['-ciphersuites', suites.join(':')]),
    // Without it s_client answers a HelloRequest; with it, it sends the warning no_renegotiation.
    ...(renegotiation === 'refuse' ? ['-no_renegotiation'] : []),
    // Names as RFC 2253 writes them, bytes above 127 as UTF-8: what distinguishedNameText gives.
    ...['-nameopt', 'RFC2253,-esc_msb,utf8'],
    // From a CA that it knows, OpenSSL would complete the client's chain and send more than the identity.
    ...['-no-CAfile', '-no-CApath'],
    // Without it a request line that starts with Q or R would be taken for a command.
    '-ign_eof',
  ]
}

interface Invocation {
  readonly command: string
  readonly args: readonly string[]
  readonly keyLogFile: string
}

async function run(request: ClientRequest, relay: Relay, invocation: Invocation): Promise<ClientReport> {
  const { signal } = request
  const { command, args, keyLogFile } = invocation
  // Noted when it happens: the program that is ended for it closes its connection, which is no doing of its own.
  const onAbort = () => relay.tap.closed('timeout')
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  const { stdout, stderr, exitCode, aborted } = await runProgram({
    command,
    args,
    input: requestBytes(request),
    signal,
  })
  signal.removeEventListener('abort', onAbort)
  if (!aborted) await relay.finished(signal)
  const { claims, http, alertReceived } = readSClientOutput(stdout, stderr)
  return {
    segments: relay.tap.segments,
    keyLog: withoutComments(await takeFile(keyLogFile)),
    closedBy: relay.tap.closedBy ?? 'client',
    http,
    // After a complete answer s_client may still complain of how the connection ended.
    error: http !== null || exitCode === 0 ? null : (relay.connectError ?? sClientError(stderr)),
    alertReceived,
    clientPort: relay.clientPort,
    claims,
  }
}

/** RFC 9112 §2.1: the whole request at once, since s_client sends what it reads from its input. */
function requestBytes(request: ClientRequest): Buffer {
  const { method, target, headers, body } = httpRequestOf(request)
  const fields = {
    host: request.endpoint.servername,
    ...headers,
    connection: 'close',
    ...(body === null ? {} : { 'content-length': String(body.length) }),
  }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`)
  return body === null ? head : Buffer.concat([head, body])
}

const sClientError = (stderr: string) => ({ code: 'ERR_S_CLIENT', message: errorLine(stderr) })

/** Key logs open connections to whoever reads them, so none is left lying about. */
async function takeFile(path: string): Promise<string> {
  const text = await readFile(path, 'latin1').catch(() => '')
  await rm(path, { force: true })
  return text
}

/** OpenSSL opens the file with a comment, also when no key follows. */
function withoutComments(keyLog: string): string {
  return keyLog.replace(/^#.*\n?/gm, '')
}
