/** Writes what one nginx needs into its directory: certificates, keys, nginx.conf. */
import type { AuthorityName, Pki } from '../../harness/model/identity.ts'
import { HarnessError } from '../../harness/model/errors.ts'
import { writePrivate } from '../../harness/process/scratch.ts'
import { configuration, type Files, type Listener } from './configuration.ts'

export const ACCESS_LOG = 'access.log'
export const ERROR_LOG = 'error.log'
export const CONFIGURATION = 'nginx.conf'

const authorities = {
  'root-a': 'root-a.pem',
  'root-b': 'root-b.pem',
  'root-c': 'root-c.pem',
  'intermediate-a': 'intermediate-a.pem',
  'expired-intermediate': 'expired-intermediate.pem',
  'server-auth-intermediate': 'server-auth-intermediate.pem',
  'non-ca-issuer': 'non-ca-issuer.pem',
} as const satisfies Record<AuthorityName, string>

const files: Files = {
  certificate: 'server.pem',
  key: 'server.key',
  authorities,
  accessLog: ACCESS_LOG,
  errorLog: ERROR_LOG,
}

export async function prepare(directory: string, pki: Pki, listeners: readonly Listener[]): Promise<void> {
  if (pki.server.keyPem === null) {
    throw new HarnessError('ERR_SERVER_KEY', 'the servers\u2019 certificate has no key', {
      where: pki.server.name,
    })
  }
  await Promise.all([
    writePrivate(directory, files.certificate, pki.server.chainPem),
    writePrivate(directory, files.key, pki.server.keyPem),
    ...Object.values(pki.authorities).map(({ name, certificate }) =>
      writePrivate(directory, authorities[name], certificate.pem),
    ),
    writePrivate(directory, CONFIGURATION, configuration(listeners, files)),
  ])
}
