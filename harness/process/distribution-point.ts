/**
 * A CRL distribution point: serves the CRLs of a Pki over HTTP (RFC 5280 §4.2.1.13, RFC 2585). Certificates name its
 * URL, so it is opened before they are issued, and their CRLs are published afterwards.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { crlPath, NOBODY_SERVES } from '../model/crl-location.ts'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { Pki } from '../model/identity.ts'

export interface DistributionPointOptions {
  /** 0, any free one, when absent. */
  readonly port?: number
  /** 127.0.0.1 when absent. */
  readonly host?: string
}

export interface DistributionPoint extends AsyncDisposable {
  /** The `distributionPoint` to issue with, e.g. `http://127.0.0.1:40123`. */
  readonly url: string
  /** From now on serves the CRLs of this Pki, and of no earlier one. */
  publish(pki: Pki): void
}

/**
 * @throws HarnessError ERR_DISTRIBUTION_POINT when the port is taken or may not be listened on;
 * ERR_DISTRIBUTION_POINT_ELSEWHERE when the address is not this machine's.
 */
export async function openDistributionPoint({
  port = 0,
  host = '127.0.0.1',
}: DistributionPointOptions = {}): Promise<DistributionPoint> {
  let crls: ReadonlyMap<string, Uint8Array> = new Map()
  const server = createServer((request, response) => answer(request, response, crls))
  await listen(server, port, host)
  const { port: bound } = server.address() as AddressInfo
  let closed: Promise<unknown> | null = null
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    publish(pki) {
      crls = crlsByPath(pki)
    },
    async [Symbol.asyncDispose]() {
      closed ??= close(server)
      await closed
    },
  }
}

/**
 * Serves the CRLs where the certificates of this Pki say that they are, e.g. for a folder that was read. Host and port
 * can be others, as behind a port that is published.
 * @throws HarnessError as openDistributionPoint() does.
 */
export async function serveCrls({
  pki,
  ...options
}: DistributionPointOptions & { readonly pki: Pki }): Promise<DistributionPoint> {
  const opened = await openDistributionPoint({ ...addressOf(pki), ...options })
  opened.publish(pki)
  return opened
}

function addressOf({ distributionPoint }: Pki): DistributionPointOptions {
  if (!URL.canParse(distributionPoint) || distributionPoint === NOBODY_SERVES) {
    throw new HarnessError('ERR_DISTRIBUTION_POINT', `nobody can serve ${distributionPoint}`, {
      where: 'the distribution point that the certificates name',
      hint: 'issue them with a distribution point, e.g. http://127.0.0.1:8480',
    })
  }
  const { hostname, port } = new URL(distributionPoint)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 80 : Number(port) }
}

function crlsByPath({ authorities }: Pki): ReadonlyMap<string, Uint8Array> {
  return new Map(
    Object.values(authorities).flatMap(({ name, crlPem, staleCrlPem }) => [
      [crlPath(name, 'current'), derOf(crlPem)],
      [crlPath(name, 'stale'), derOf(staleCrlPem)],
    ]),
  )
}

/** RFC 7468: what stands between the lines of dashes. */
function derOf(pem: string): Uint8Array {
  return new Uint8Array(Buffer.from(pem.replace(/-----[^-]*-----/g, ''), 'base64'))
}

function answer(
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
  crls: ReadonlyMap<string, Uint8Array>,
): void {
  const crl = method === 'GET' || method === 'HEAD' ? crls.get(url) : undefined
  if (crl === undefined) {
    response.writeHead(404).end()
    return
  }
  // RFC 2585 §4: application/pkix-crl is one DER-encoded CRL.
  response.writeHead(200, { 'content-type': 'application/pkix-crl', 'content-length': crl.length }).end(crl)
}

/** What listening says of an address, or of a name of one, that is another machine's. */
const elsewhere: ReadonlySet<unknown> = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'])

async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    server.listen({ port, host })
    await once(server, 'listening')
  } catch (cause) {
    const isElsewhere = cause instanceof Error && 'code' in cause && elsewhere.has(cause.code)
    throw new HarnessError(
      isElsewhere ? 'ERR_DISTRIBUTION_POINT_ELSEWHERE' : 'ERR_DISTRIBUTION_POINT',
      `cannot serve CRLs: ${messageOf(cause)}`,
      {
        where: `${host}, port ${port}`,
        hint: isElsewhere
          ? 'serve them there'
          : 'end the program that has the port (a run or serve with the same certificates?), or issue with another distribution point',
        cause,
      },
    )
  }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
