/**
 * The policies of the nginx server, each with nginx's own directives for it.
 * ngx_http_ssl_module: ssl_verify_client, ssl_client_certificate, ssl_trusted_certificate.
 */
import type { AuthorityName } from '../../harness/model/identity.ts'
import type { Policy } from '../../harness/model/policy.ts'

export interface NginxPolicy extends Policy {
  readonly nginx: {
    readonly ssl_verify_client: 'off' | 'optional' | 'on' | 'optional_no_ca'
    /** Trusted, and named in CertificateRequest. */
    readonly ssl_client_certificate: AuthorityName | null
    /** Trusted, and not named. */
    readonly ssl_trusted_certificate: AuthorityName | null
  }
}

const base = { when: 'handshake', trust: ['root-a'], caNames: 'default' } as const satisfies Partial<Policy>
const rootA = { ssl_client_certificate: 'root-a', ssl_trusted_certificate: null } as const

export const nginxPolicies = {
  none: {
    ...base,
    name: 'none',
    clientCertificate: 'none',
    nginx: { ssl_verify_client: 'off', ssl_client_certificate: null, ssl_trusted_certificate: null },
  },
  request: {
    ...base,
    name: 'request',
    clientCertificate: 'request',
    nginx: { ssl_verify_client: 'optional', ...rootA },
  },
  require: {
    ...base,
    name: 'require',
    clientCertificate: 'require',
    nginx: { ssl_verify_client: 'on', ...rootA },
  },
  /** An issuer that is not trusted is no fault here. Trust comes without names, which shows the other difference. */
  optional_no_ca: {
    ...base,
    name: 'optional_no_ca',
    clientCertificate: 'request',
    caNames: 'none',
    nginx: {
      ssl_verify_client: 'optional_no_ca',
      ssl_client_certificate: null,
      ssl_trusted_certificate: 'root-a',
    },
  },
  /** Names and trust are two things: root-c is named, root-a is trusted. nginx trusts what it names, so root-c too. */
  'require-trusted-certificate': {
    ...base,
    name: 'require-trusted-certificate',
    clientCertificate: 'require',
    trust: ['root-a', 'root-c'],
    caNames: ['root-c'],
    nginx: { ssl_verify_client: 'on', ssl_client_certificate: 'root-c', ssl_trusted_certificate: 'root-a' },
  },
} as const satisfies Readonly<Record<string, NginxPolicy>>
