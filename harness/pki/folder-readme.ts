/** README.txt of a folder that `countersign issue` writes. The names are folder-layout.ts. */
import type { Identity } from '../model/identity.ts'
import { PKCS12_PASSWORD } from './pkcs12.ts'

export function folderReadme(identities: readonly Identity[]): string {
  const width = Math.max(...identities.map(({ name }) => name.length))
  const lines = identities.map(
    ({ name, title, chain }) => `  ${name.padEnd(width)}  ${title}${chain.length > 0 ? '' : ' (no files)'}`,
  )
  return `Certificates and keys for testing TLS client authentication, made by "countersign issue".
The keys are throw-away ones: trust ca.pem on test machines only.

  ca.pem                           the root that the server under test should trust (root-a)
  intermediate.pem                 issued by it; sent by some identities (intermediate-a)
  expired-intermediate-ca.pem      issued by it, expired; sent by the identity of that name
  server-auth-intermediate-ca.pem  issued by it, for servers only; sent by the identity of that name
  non-ca-issuer-ee.pem             issued by it, not a CA; sent by the identity of that name
  crl.pem                          CRLs of all of these: the revoked identities are on that of root-a
  untrusted-ca.pem                 a root that the server must not trust (root-b), and its untrusted-ca-crl.pem
  named-ca.pem                     a root that is only ever named to clients (root-c), and its named-ca-crl.pem
  stale-crl.pem                    the CRLs of everybody, with a nextUpdate that has passed
  server.*                         the server's own certificate, for localhost and 127.0.0.1

For the server and each identity:

  NAME.pem  certificates in the order that they are sent
  NAME.key  PKCS#8 private key
  NAME.der  the end entity certificate
  NAME.pfx  PKCS#12 of key and certificates, password "${PKCS12_PASSWORD}"
  NAME.b64  the end entity certificate for an IIS one-to-one mapping

${lines.join('\n')}
`
}
