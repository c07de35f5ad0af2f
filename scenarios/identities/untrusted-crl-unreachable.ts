import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** Two faults: which of them a server tells is its own affair. */
export const untrustedCrlUnreachable = {
  name: 'untrusted-crl-unreachable',
  title: 'The issuer is not trusted, and nobody listens where the CRL should be',
  certificate: { ...endEntity('untrusted-crl-unreachable'), crl: 'unreachable', issuer: 'root-b' },
  chain: [],
} as const satisfies IdentitySpec
