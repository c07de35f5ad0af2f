/** Situations in which a user is known and not let in: NTFS and URL authorization. */
import { mapped, mappedCorrect, NOBODY, oneToOne } from './mapping-entries.ts'
import { refused } from './named.ts'
import type { NamedSituation } from './named.ts'

export const authorization = {
  'late-require-acl': mapped(
    'Require, a one-to-one mapping, NTFS denies the user',
    mappedCorrect,
    { ...refused(401, 3), user: 'mapped-user' },
    { deniedByAcl: ['mapped-user'] },
  ),
  'late-require-url-authorization': mapped(
    'Require, Anonymous on, URL authorization for the mapped user alone, and nothing maps',
    oneToOne('ecdsa-p256'),
    NOBODY,
    {
      anonymous: true,
      authorization: [{ accessType: 'Allow', users: ['mapped-user'], roles: [], verbs: [] }],
    },
  ),
} as const satisfies Record<string, NamedSituation>
