/**
 * Schannel, played by node:tls: what a binding offers and asks for, and that it never refuses a certificate.
 * Judging the certificate is client-certificate-judge.ts; ALPN is the listener's.
 */
import { constants } from 'node:crypto'
import type { SecureVersion, TlsOptions } from 'node:tls'
import type { Identity } from '../../../harness/model/identity.ts'
import type { TlsVersion } from '../../../harness/model/tls.ts'
import { bindingSslFlags } from '../http-sys/ssl-cert.ts'
import type { SslCert } from '../http-sys/ssl-cert.ts'
import type { Machine } from '../machine/machine.ts'
import { nameHolderPem } from './name-holder.ts'
import { trustedIssuers } from './trusted-issuers.ts'

/**
 * Schannel's default signature algorithms in its order, in OpenSSL's spelling. No Ed25519, no Ed448.
 * The order of the registry list HKLM\...\Cryptography\Configuration\Local\SSL\00010003 [schannel-settings];
 * the same twelve stand in the ClientHello of Schannel clients with TLS 1.3. A CertificateRequest of IIS on Server
 * 2022 was not found published, so that IIS sends this list is inferred.
 */
const SIGNATURE_ALGORITHMS = [
  'RSA-PSS+SHA256',
  'RSA-PSS+SHA384',
  'RSA-PSS+SHA512',
  'RSA+SHA256',
  'RSA+SHA384',
  'RSA+SHA1',
  'ECDSA+SHA256',
  'ECDSA+SHA384',
  'ECDSA+SHA1',
  'DSA+SHA1',
  'RSA+SHA512',
  'ECDSA+SHA512',
] as const

/**
 * Schannel servers before TLS 1.3 were seen to send the list without these. Otherwise all profiles have one list: whether
 * an older Windows left SHA-512 out of its own is not certain.
 */
const isRsaPss = (algorithm: string): boolean => algorithm.startsWith('RSA-PSS')

/** Stops OpenSSL from removing SHA-1 from the signature algorithms, and from refusing small keys by itself. */
const SECURITY_LEVEL = '@SECLEVEL=0'

const versionNames = { '1.2': 'TLSv1.2', '1.3': 'TLSv1.3' } as const satisfies Record<
  TlsVersion,
  SecureVersion
>

export interface SchannelOptions {
  readonly machine: Machine
  /** The site's own certificate with its key. */
  readonly server: Identity
  readonly sslCert: SslCert
  readonly binding: { /** bindingSslFlags. */ readonly sslFlags: number }
  /** In OpenSSL's spelling; after Schannel's own. */
  readonly extraCipherSuites?: readonly string[]
}

/** Asks for the CA list, and so adds event 36885 when it is too long: once for each start of a binding. */
export function tlsOptions(options: SchannelOptions): TlsOptions {
  const { machine, server, sslCert, binding, extraCipherSuites = [] } = options
  const versions = versionsOf(machine.profile.tls, binding.sslFlags)
  const hasTls13 = machine.profile.tls.includes('1.3')
  return {
    cert: server.chainPem,
    ...(server.keyPem === null ? {} : { key: server.keyPem }),
    minVersion: versionNames[versions.includes('1.2') ? '1.2' : '1.3'],
    maxVersion: versionNames[versions.includes('1.3') ? '1.3' : '1.2'],
    ciphers: [...machine.profile.cipherSuites, ...extraCipherSuites, SECURITY_LEVEL].join(':'),
    honorCipherOrder: true,
    sigalgs: SIGNATURE_ALGORITHMS.filter((algorithm) => hasTls13 || !isRsaPss(algorithm)).join(':'),
    requestCert: sslCert.clientcertnegotiation,
    rejectUnauthorized: false,
    // Nobody is trusted by OpenSSL, so the client's chain stays as it was sent. Empty: no CA names in
    // CertificateRequest, as with SendTrustedIssuerList 0, the default since IIS 8 [schreg].
    ca: trustedIssuers(machine, sslCert).map(({ subjectDer }) => nameHolderPem(subjectDer)),
    secureOptions: constants.SSL_OP_NO_TICKET | renegotiation(sslCert),
  }
}

/** disableLegacyTls turns off TLS 1.0 and 1.1, which the model does not speak. The bits are of IIS 10 1809 [binding]. */
function versionsOf(versions: readonly TlsVersion[], sslFlags: number): readonly TlsVersion[] {
  return (sslFlags & bindingSslFlags.disableTls13) === 0
    ? versions
    : versions.filter((version) => version !== '1.3')
}

/**
 * A client that was asked in the handshake is not asked again, and must not change its certificate unjudged: no
 * renegotiation. Where the request comes late, a renegotiation that resumed the session would not ask at all.
 */
function renegotiation({ clientcertnegotiation }: SslCert): number {
  return clientcertnegotiation
    ? constants.SSL_OP_NO_RENEGOTIATION
    : constants.SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION
}
