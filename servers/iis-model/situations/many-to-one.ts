/** Situations of `manyToOneMappings`. The control's certificate has no such name: it is mapped to nobody. */
import { accounts, commonName, mapped, NOBODY, oneToOne, organisation, rule } from './mapping-entries.ts'
import { refused, served } from './named.ts'
import type { NamedSituation } from './named.ts'

export const manyToOneSituations = {
  'late-require-many-to-one': mapped('Require, a many-to-one mapping', { manyToOne: [rule()] }, NOBODY),
  'late-require-many-to-one-case': mapped(
    'Require, a many-to-one rule in other letter case',
    { manyToOne: [rule({ rules: [{ ...commonName, matchCriteria: 'mixed.case' }] })] },
    NOBODY,
  ),
  'late-require-many-to-one-ignore-case': mapped(
    'Require, a many-to-one rule in other letter case, compareCaseSensitive off',
    {
      manyToOne: [
        rule({ rules: [{ ...commonName, matchCriteria: 'mixed.case', compareCaseSensitive: false }] }),
      ],
    },
    NOBODY,
  ),
  'late-require-many-to-one-two-rules': mapped(
    'Require, a many-to-one mapping of which one rule fails',
    { manyToOne: [rule({ rules: [commonName, { ...organisation, matchCriteria: 'Another*' }] })] },
    NOBODY,
  ),
  'late-require-many-to-one-deny': mapped(
    'Require, a many-to-one mapping that denies',
    { manyToOne: [rule({ permissionMode: 'Deny' })] },
    NOBODY,
  ),
  'late-require-many-to-one-deny-anonymous': mapped(
    'Require, a many-to-one mapping that denies, Anonymous on',
    { manyToOne: [rule({ permissionMode: 'Deny' })] },
    served(),
    { anonymous: true },
  ),
  'late-require-many-to-one-wrong-password': mapped(
    'Require, a many-to-one mapping with a wrong password',
    { manyToOne: [rule({ password: 'battery charger' })] },
    NOBODY,
    { accounts },
  ),
  'late-require-one-to-one-and-many-to-one': mapped(
    'Require, a one-to-one and a many-to-one mapping',
    { ...oneToOne('mixed-case-name'), manyToOne: [rule()] },
    NOBODY,
  ),
  'late-require-many-to-one-order': mapped(
    'Require, a many-to-one mapping that allows before one that denies',
    { manyToOne: [rule(), rule({ name: 'all', permissionMode: 'Deny', rules: [organisation] })] },
    refused(403, 12),
  ),
} as const satisfies Record<string, NamedSituation>
