/** Situations of `iisClientCertificateMappingAuthentication`. */
import type { Account } from '../machine/accounts.ts'
import type { MappingSituation, Situation } from '../situation.ts'
import { ACCEPT, REQUIRE } from './flags.ts'
import {
  commonName,
  MAPPED_USER,
  mappedCorrect,
  oneToOne,
  organisation,
  rule,
  WILDCARD_USER,
} from './mapping-entries.ts'
import { refused, served } from './named.ts'
import type { CorrectAnswer, NamedSituation } from './named.ts'

const NOBODY = refused(401, 2)
/** Win32 codes as logged: facility 7 without its upper half. */
const LOGON_FAILURE = refused(401, 1, 1326)
const LOGON_TYPE_NOT_GRANTED = refused(401, 1, 1385)
const ASN1_EOD = refused(401, 1, 2_148_086_018)
const ASN1_BADTAG = refused(401, 1, 2_148_086_027)

function mapped(
  title: string,
  mapping: MappingSituation,
  correct: CorrectAnswer,
  changes: Partial<Situation> = {},
): NamedSituation {
  return { title, situation: { sslFlags: REQUIRE, anonymous: false, mapping, ...changes }, correct }
}

const account = ({ userName, password }: typeof MAPPED_USER | typeof WILDCARD_USER): Account => ({
  name: userName,
  password,
  state: 'enabled',
  logonRights: ['Interactive', 'Batch', 'Network', 'ClearText'],
})

const accounts = [account(MAPPED_USER), account(WILDCARD_USER)]
const wrongPassword = oneToOne('correct', { password: 'incorrect horse' })
const truncated = oneToOne('correct', { damage: 'truncated' })

export const mapping = {
  'late-require-mapped': mapped('Require, a one-to-one mapping', mappedCorrect, served('mapped-user')),
  'late-request-mapped': mapped('Accept, a one-to-one mapping', mappedCorrect, served('mapped-user'), {
    sslFlags: ACCEPT,
  }),
  'late-require-mapped-anonymous': mapped(
    'Require, a one-to-one mapping, Anonymous on',
    mappedCorrect,
    served('mapped-user'),
    { anonymous: true },
  ),
  'late-request-mapped-anonymous': mapped(
    'Accept, a one-to-one mapping, Anonymous on',
    mappedCorrect,
    served('mapped-user'),
    { sslFlags: ACCEPT, anonymous: true },
  ),
  'late-request-mapped-basic': mapped(
    'Accept, a one-to-one mapping, Basic on',
    mappedCorrect,
    served('mapped-user'),
    { sslFlags: ACCEPT, basic: true },
  ),
  'late-require-other-mapped': mapped(
    'Require, a one-to-one mapping of another certificate',
    oneToOne('ecdsa-p256'),
    NOBODY,
  ),
  'late-require-other-mapped-anonymous': mapped(
    'Require, a one-to-one mapping of another certificate, Anonymous on',
    oneToOne('ecdsa-p256'),
    served(),
    { anonymous: true },
  ),
  'late-request-other-mapped-anonymous': mapped(
    'Accept, a one-to-one mapping of another certificate, Anonymous on',
    oneToOne('ecdsa-p256'),
    served(),
    { sslFlags: ACCEPT, anonymous: true },
  ),
  'late-require-untrusted-mapped': mapped(
    'Require, a one-to-one mapping of an untrusted certificate',
    { oneToOne: [...(mappedCorrect.oneToOne ?? []), { identity: 'untrusted', ...MAPPED_USER }] },
    served('mapped-user'),
  ),
  'late-require-expired-mapped': mapped(
    'Require, a one-to-one mapping of an expired certificate',
    { oneToOne: [...(mappedCorrect.oneToOne ?? []), { identity: 'expired', ...MAPPED_USER }] },
    served('mapped-user'),
  ),
  'late-require-application-mapping': mapped(
    'Require, a one-to-one mapping at application level',
    { ...mappedCorrect, level: 'application' },
    NOBODY,
  ),
  'late-require-mapping-disabled': mapped(
    'Require, the mapping section is disabled',
    { ...mappedCorrect, enabled: false },
    NOBODY,
  ),
  'late-require-entry-disabled': mapped(
    'Require, the one-to-one entry is disabled',
    oneToOne('correct', { enabled: false }),
    NOBODY,
  ),
  'late-require-wrong-password': mapped(
    'Require, a mapping with a wrong password',
    wrongPassword,
    LOGON_FAILURE,
    {
      accounts,
    },
  ),
  'late-request-wrong-password': mapped(
    'Accept, a mapping with a wrong password',
    wrongPassword,
    LOGON_FAILURE,
    {
      sslFlags: ACCEPT,
      accounts,
    },
  ),
  'late-require-empty-account': mapped(
    'Require, a mapping without user name and password',
    oneToOne('correct', { userName: '', password: '' }),
    LOGON_FAILURE,
  ),
  'late-require-logon-right': mapped(
    'Require, logonMethod Interactive and an account without that right',
    { ...mappedCorrect, logonMethod: 'Interactive' },
    LOGON_TYPE_NOT_GRANTED,
    { accounts: [{ ...account(MAPPED_USER), logonRights: ['Network'] }] },
  ),
  'late-require-truncated-mapping': mapped(
    'Require, a mapping whose base64 is cut short',
    truncated,
    ASN1_EOD,
  ),
  'late-require-truncated-mapping-anonymous': mapped(
    'Require, a mapping whose base64 is cut short, Anonymous on',
    truncated,
    ASN1_EOD,
    { anonymous: true },
  ),
  'late-require-garbled-mapping': mapped(
    'Require, a mapping whose base64 is garbled',
    oneToOne('correct', { damage: 'garbled' }),
    ASN1_BADTAG,
  ),
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
