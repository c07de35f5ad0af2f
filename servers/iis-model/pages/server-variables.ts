/**
 * The server variables of one request [srvvars]: what ASP's Request.ServerVariables and CGI scripts read. Values are made
 * visible and bounded here, once; whoever puts them on a page still has to escape markup. AUTH_PASSWORD and the
 * Authorization header are left out for good.
 */
import type { Machine } from '../machine/machine.ts'
import type { AuthenticatedUser } from '../pipeline/request.ts'
import type { Certificate } from '../schannel/certificate.ts'
import type { ClientCertificate } from '../schannel/client-certificate-context.ts'
import { hostNamed, targetParts } from '../request-target.ts'
import { clientCertificateVariables } from './certificate-variables.ts'
import { cryptVariables } from './crypt-variables.ts'
import { bounded, visible } from './escape.ts'
import { keyBits } from './key-bits.ts'
import { nameText } from './name-text.ts'
import type { PageRequest, PageSite } from './page-context.ts'

/** In the order of the page. */
export type ServerVariables = ReadonlyMap<string, string>

export interface VariableSources {
  readonly machine: Pick<Machine, 'profile'>
  readonly connection: VariableConnection
  /** null: nobody yet. */
  readonly user: AuthenticatedUser | null
  readonly clientCertificate: ClientCertificate | null
  /** The site's certificate; null for plain HTTP. */
  readonly server: Certificate | null
  readonly request: PageRequest & { readonly httpVersion?: string }
  readonly site: PageSite
}

/** Addresses as a socket gives them: undefined when it has closed. */
export interface VariableConnection {
  readonly localAddress: string | undefined
  readonly localPort: number | undefined
  readonly remoteAddress: string | undefined
  readonly remotePort: number | undefined
  /** null: plain HTTP. */
  readonly tls: ConnectionCipher | null
}

export interface ConnectionCipher {
  /** `TLSv1.2`, as node:tls says it. */
  readonly protocol: string | null
  /** The suite's name, IANA's or OpenSSL's. */
  readonly cipherSuite: string
  /** Bits of the symmetric key. */
  readonly cipherBits: number
}

/** HTTP.sys's own limit for one header field (MaxFieldLength). */
const MAX_VALUE_CHARACTERS = 16_384

export function serverVariables(sources: VariableSources): ServerVariables {
  const values = Object.entries({
    ...userVariables(sources),
    ...clientCertificateVariables(sources.clientCertificate),
    ...serverCertificateVariables(sources),
    ...cryptVariables(sources.connection.tls),
    ...requestVariables(sources),
    ...headerVariables(sources.request.headers),
  })
  return new Map(
    values.map(([name, value]) => [visible(name), bounded(visible(value), MAX_VALUE_CHARACTERS)]),
  )
}

/** All three are the mapped or typed account; empty for anonymous [saurabh] [srvvars]. */
function userVariables({ user }: VariableSources): Record<string, string> {
  const name = user?.name ?? ''
  return { AUTH_TYPE: user?.authType ?? '', AUTH_USER: name, LOGON_USER: name, REMOTE_USER: name }
}

/** KEYSIZE is the connection's cipher, SECRETKEYSIZE the server's private key: neither is about the client [srvvars]. */
function serverCertificateVariables({ server, connection }: VariableSources): Record<string, string> {
  const keySize = connection.tls === null ? '' : String(connection.tls.cipherBits)
  const secretKeySize = server && connection.tls ? keyBits(server) : ''
  const issuer = server && connection.tls ? nameText(server.issuerDer) : ''
  const subject = server && connection.tls ? nameText(server.subjectDer) : ''
  return {
    CERT_KEYSIZE: keySize,
    CERT_SECRETKEYSIZE: secretKeySize,
    CERT_SERVER_ISSUER: issuer,
    CERT_SERVER_SUBJECT: subject,
    HTTPS: connection.tls ? 'on' : 'off',
    HTTPS_KEYSIZE: keySize,
    HTTPS_SECRETKEYSIZE: secretKeySize,
    HTTPS_SERVER_ISSUER: issuer,
    HTTPS_SERVER_SUBJECT: subject,
  }
}

function requestVariables({ machine, connection, request, site }: VariableSources): Record<string, string> {
  const { path, query } = targetParts(request.url)
  return {
    GATEWAY_INTERFACE: 'CGI/1.1',
    INSTANCE_ID: String(site.id),
    INSTANCE_META_PATH: `/LM/W3SVC/${site.id}`,
    LOCAL_ADDR: connection.localAddress ?? '',
    PATH_INFO: path,
    QUERY_STRING: query,
    REMOTE_ADDR: connection.remoteAddress ?? '',
    REMOTE_HOST: connection.remoteAddress ?? '',
    REMOTE_PORT: String(connection.remotePort ?? ''),
    REQUEST_METHOD: request.method,
    SCRIPT_NAME: path,
    SERVER_NAME: hostNamed(request.headers) || (connection.localAddress ?? ''),
    SERVER_PORT: String(connection.localPort ?? ''),
    SERVER_PORT_SECURE: connection.tls ? '1' : '0',
    SERVER_PROTOCOL: `HTTP/${request.httpVersion ?? '1.1'}`,
    SERVER_SOFTWARE: machine.profile.serverHeader,
    URL: path,
  }
}

/** A header can never be named so that it takes another variable's place: all of them begin with HTTP_. */
function headerVariables(headers: PageRequest['headers']): Record<string, string> {
  const variables: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name.startsWith(':') || isSecret(name)) continue
    const variable = `HTTP_${name.toUpperCase().replaceAll('-', '_')}`
    const seen = variables[variable]
    variables[variable] = seen === undefined ? single(value) : `${seen},${single(value)}`
  }
  return variables
}

const isSecret = (name: string): boolean => /^(proxy[-_])?authorization$/i.test(name)

const single = (value: string | readonly string[]): string =>
  typeof value === 'string' ? value : value.join(',')
