/** The certification authorities. RFC 5280 §3.2 and §4.2.1.9. Trust is a server's policy, not a property of theirs. */
import type { AuthoritySpec, CertificateSpec } from '../../harness/model/identity.ts'
import { ecP256, endEntity, subjectNamed } from './end-entity.ts'

/** In existence since before any end entity certificate, for longer than a folder of them is of use. */
const validityDays = { notBefore: -365, notAfter: 3650 } as const

function authority(commonName: string, issuer: CertificateSpec['issuer']) {
  return {
    subject: subjectNamed(commonName),
    issuer,
    key: ecP256,
    validityDays,
    keyUsage: ['keyCertSign', 'cRLSign'],
    extKeyUsage: null,
    basicConstraints: { cA: true },
  } as const satisfies CertificateSpec
}

/** An identity and its issuer can have one name; so that the certificates are told apart, the issuer's common name has an ending. */
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
    name: 'expired-intermediate',
    title: 'An intermediate issued by root-a whose notAfter was yesterday',
    certificate: {
      ...authority('expired-intermediate-ca', 'root-a'),
      validityDays: { notBefore: -365, notAfter: -1 },
    },
  },
  {
    name: 'server-auth-intermediate',
    title: 'An intermediate issued by root-a with the EKU id-kp-serverAuth only',
    certificate: { ...authority('server-auth-intermediate-ca', 'root-a'), extKeyUsage: ['serverAuth'] },
  },
  {
    // Without keyUsage, which would forbid it to issue as well: cA FALSE is the only thing against it.
    name: 'non-ca-issuer',
    title: 'An end entity, certified by root-a, that issues certificates nevertheless',
    certificate: { ...endEntity('non-ca-issuer-ee'), keyUsage: null },
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
