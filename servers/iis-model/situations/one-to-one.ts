/** Situations of `oneToOneMappings`. */
import { ACCEPT } from './ssl-flags.ts'
import {
  account,
  accounts,
  LOGON_FAILURE,
  mapped,
  MAPPED_USER,
  mappedCorrect,
  NOBODY,
  oneToOne,
} from './mapping-entries.ts'
import { refused, served } from './named.ts'
import type { NamedSituation } from './named.ts'

const LOGON_TYPE_NOT_GRANTED = refused(401, 1, 1385)
const ASN1_EOD = refused(401, 1, 2_148_086_018)
const ASN1_BADTAG = refused(401, 1, 2_148_086_027)

const wrongPassword = oneToOne('correct', { password: 'incorrect horse' })
const truncated = oneToOne('correct', { damage: 'truncated' })

export const oneToOneSituations = {
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
  'late-require-pem-armour-mapping': mapped(
    'Require, a mapping whose base64 stands between the lines of PEM',
    oneToOne('correct', { damage: 'pem-armour' }),
    ASN1_EOD,
  ),
  'late-require-line-breaks-mapping': mapped(
    'Require, a mapping whose base64 has line breaks in it',
    oneToOne('correct', { damage: 'line-breaks' }),
    ASN1_EOD,
  ),
} as const satisfies Record<string, NamedSituation>
