/**
 * Schannel of Windows Server 2022, played by node:tls: what it offers, and that it never refuses a certificate.
 * Judging the certificate is chain.ts and verdict.ts.
 */
import { constants } from 'node:crypto'
import type { TlsOptions } from 'node:tls'
import type { Identity } from '../../../harness/model/identity.ts'

/**
 * Schannel's default signature algorithms in its order, in OpenSSL's spelling. No Ed25519, no Ed448.
 * The order of the registry list HKLM\...\Cryptography\Configuration\Local\SSL\00010003 [schannel-settings];
 * the same twelve stand in the ClientHello of Schannel clients with TLS 1.3. A CertificateRequest of IIS on Server
 * 2022 was not found published, so that IIS sends this list is inferred; Schannel servers before TLS 1.3 were seen
 * to send it without the three RSA-PSS entries.
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
]

/**
 * Server 2022's cipher suites in its order [clienthello-2022], without the two DHE suites (they need parameters).
 * Security level 0 stops OpenSSL from removing SHA-1 from the list above, and from refusing small keys by itself.
 */
const CIPHER_SUITES = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-RSA-AES256-SHA384',
  'ECDHE-RSA-AES128-SHA256',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES256-SHA',
  'ECDHE-RSA-AES128-SHA',
  'AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
  'AES256-SHA256',
  'AES128-SHA256',
  'AES256-SHA',
  'AES128-SHA',
  '@SECLEVEL=0',
]

export interface SchannelOptions {
  /** The site's own certificate with its key. */
  readonly server: Identity
  /** The binding's "negotiate client certificate": CertificateRequest in the first handshake. */
  readonly negotiateClientCertificate: boolean
}

export function schannelOptions({ server, negotiateClientCertificate }: SchannelOptions): TlsOptions {
  return {
    cert: server.chainPem,
    ...(server.keyPem === null ? {} : { key: server.keyPem }),
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    ciphers: CIPHER_SUITES.join(':'),
    honorCipherOrder: true,
    sigalgs: SIGNATURE_ALGORITHMS.join(':'),
    requestCert: negotiateClientCertificate,
    rejectUnauthorized: false,
    // Trusting nobody has two effects: no CA names in CertificateRequest, as with SendTrustedIssuerList 0, the default
    // since IIS 8 [schreg], and a chain that OpenSSL neither completes nor reorders.
    ca: [],
    // No tickets and no session cache: each connection is judged by itself. No renegotiation: a certificate changed
    // inside a connection would go unjudged.
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
  }
}
