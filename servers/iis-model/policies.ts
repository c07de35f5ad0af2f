/** The policies that the model runs under, in IIS's words. What it answers to each is answers.ts. */
import type { Policy } from '../../harness/model/policy.ts'
import type { PolicyUnderTest } from '../../harness/model/server.ts'
import type { AccessSslFlag } from './configuration/access-ssl-flags.ts'
import { neverAsked, request, require } from './answers.ts'

export interface IisPolicy extends Policy {
  readonly iis: {
    /** `access@sslFlags` of the whole site. */
    readonly sslFlags: readonly AccessSslFlag[]
  }
}

const common = { when: 'handshake', trust: ['root-a'], caNames: 'default' } as const

export const policies: readonly PolicyUnderTest<IisPolicy>[] = [
  {
    policy: { ...common, name: 'none', clientCertificate: 'none', iis: { sslFlags: ['None'] } },
    certificateAuthorities: null,
    answers: neverAsked,
  },
  {
    policy: { ...common, name: 'ssl', clientCertificate: 'none', iis: { sslFlags: ['Ssl'] } },
    certificateAuthorities: null,
    answers: neverAsked,
  },
  {
    policy: {
      ...common,
      name: 'request',
      clientCertificate: 'request',
      iis: { sslFlags: ['Ssl', 'SslNegotiateCert'] },
    },
    certificateAuthorities: [],
    answers: request,
  },
  {
    policy: {
      ...common,
      name: 'require',
      clientCertificate: 'require',
      iis: { sslFlags: ['Ssl', 'SslNegotiateCert', 'SslRequireCert'] },
    },
    certificateAuthorities: [],
    answers: require,
  },
]
