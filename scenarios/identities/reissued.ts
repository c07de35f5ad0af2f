import type { IdentitySpec } from '../../harness/model/identity.ts'
import { correct } from './correct.ts'

/** For what compares whole certificates, as IIS one-to-one mappings do. Subject and key are those of the control. */
export const reissued = {
  name: 'reissued',
  title: 'The control issued again: another serial number, everything else the same',
  certificate: { ...correct.certificate, key: { kind: 'of', identity: correct.name } },
  chain: [],
} as const satisfies IdentitySpec
