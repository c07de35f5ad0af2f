/** The certification authorities. RFC 5280 §3.2 and §4.2.1.9. Trust is a server's policy, not a property of theirs. */
import type { AuthorityName, AuthoritySpec, CertificateSpec } from '../../harness/model/identity.ts'
import { ecP256, subjectNamed } from './end-entity.ts'

/** In existence since before any end entity certificate, for longer than a folder of them is of use. */
const validityDays = { notBefore: -365, notAfter: 3650 } as const

function authority(name: AuthorityName, issuer: CertificateSpec['issuer']) {
  return {
    subject: subjectNamed(name),
    issuer,
    key: ecP256,
    validityDays,
    keyUsage: ['keyCertSign', 'cRLSign'],
    extKeyUsage: null,
    basicConstraints: { cA: true },
  } as const satisfies CertificateSpec
}

export const authorities: readonly AuthoritySpec[] = [
  {
    name: 'root-a',
    title: 'The root that servers trust',
    certificate: authority('root-a', 'self'),
  },
  {
    name: 'intermediate-a',
    title: 'An intermediate issued by root-a; servers do not have its certificate',
    certificate: authority('intermediate-a', 'root-a'),
  },
  {
    name: 'root-b',
    title: 'A root that no server trusts',
    certificate: authority('root-b', 'self'),
  },
  {
    name: 'root-c',
    title: 'A root that is only ever named in CertificateRequest',
    certificate: authority('root-c', 'self'),
  },
]
