/**
 * Whether the server shows the certificate that it was given. node:tls could check it, but OpenSSL then completes
 * the client's own chain from the same CAs, and sends more than the identity says. RFC 5280 §6.1 for a path of one
 * certificate below its CA, RFC 6125 for the name.
 */
import { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { HarnessError } from '../model/errors.ts'

/** Checks the certificate of each connection. @throws HarnessError ERR_SERVER_CERTIFICATE. */
export type ServerCertificateCheck = (tls: TLSSocket, caPem: string, servername: string) => void

/** Every server of a run shows the same certificate: one that was found good is not verified again. */
export function serverCertificateCheck(): ServerCertificateCheck {
  const found = new Set<string>()
  return (tls, caPem, servername) => {
    const certificate = tls.getPeerX509Certificate()
    const key = [servername, certificate?.fingerprint256, caPem].join(' ')
    if (found.has(key)) return
    requireVerified(certificate, caPem, servername)
    found.add(key)
  }
}

function requireVerified(certificate: X509Certificate | undefined, caPem: string, servername: string): void {
  const fault = certificate
    ? faultOf(certificate, new X509Certificate(caPem), servername, Date.now())
    : 'there is none'
  if (fault === undefined) return
  throw new HarnessError('ERR_SERVER_CERTIFICATE', `the server's certificate was not verified: ${fault}`, {
    hint: 'the server under test must use the server certificate of this run',
  })
}

function faultOf(
  certificate: X509Certificate,
  ca: X509Certificate,
  servername: string,
  nowMs: number,
): string | undefined {
  if (!certificate.checkIssued(ca) || !certificate.verify(ca.publicKey)) {
    return `expected one issued by ${flat(ca.subject)}, found ${flat(certificate.subject)} issued by ${flat(certificate.issuer)}`
  }
  const { validFrom, validTo } = certificate
  if (nowMs < Date.parse(validFrom) || nowMs > Date.parse(validTo)) {
    return `it is valid from ${validFrom} to ${validTo}`
  }
  const names = certificate.checkHost(servername) ?? certificate.checkIP(servername)
  return names === undefined
    ? `expected it for ${servername}, found ${certificate.subjectAltName ?? 'no name'}`
    : undefined
}

/** Node writes one attribute on each line. */
const flat = (name: string) => name.replaceAll('\n', ', ')
