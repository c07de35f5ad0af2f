import type { IdentitySpec } from '../../harness/model/identity.ts'
import { endEntity } from './end-entity.ts'

/** For what compares names, as IIS many-to-one rules do: with or without regard to case, and with dots in them. */
export const mixedCaseName = {
  name: 'mixed-case-name',
  title: 'The common name is Mixed.Case',
  certificate: endEntity('Mixed.Case'),
  chain: [],
} as const satisfies IdentitySpec
