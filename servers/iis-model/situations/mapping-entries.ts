/**
 * What situations of certificate mapping are made of: entries, rules, accounts. Accounts and passwords are the model's
 * own and open nothing.
 */
import type { Account } from '../machine/accounts.ts'
import type { ManyToOneSituation, MappingSituation, OneToOneSituation, Situation } from '../situation.ts'
import { refused } from './named.ts'
import type { CorrectAnswer, NamedSituation } from './named.ts'
import { REQUIRE } from './ssl-flags.ts'

export const MAPPED_USER = { userName: 'mapped-user', password: 'correct horse' } as const
const WILDCARD_USER = { userName: 'wildcard-user', password: 'battery staple' } as const

export const oneToOne = (identity: string, changes: Partial<OneToOneSituation> = {}): MappingSituation => ({
  oneToOne: [{ identity, ...MAPPED_USER, ...changes }],
})

export const mappedCorrect = oneToOne('correct')

type Rule = ManyToOneSituation['rules'][number]

export const organisation: Rule = {
  certificateField: 'Subject',
  certificateSubField: 'O',
  matchCriteria: 'Countersign',
}

/** Matches the identity mixed-case-name, `O=Countersign, CN=Mixed.Case`. */
export const commonName: Rule = {
  certificateField: 'Subject',
  certificateSubField: 'CN',
  matchCriteria: 'Mixed.*',
}

export const rule = (changes: Partial<ManyToOneSituation> = {}): ManyToOneSituation => ({
  name: 'wildcard',
  ...WILDCARD_USER,
  rules: [organisation, commonName],
  ...changes,
})

export const NOBODY = refused(401, 2)
/** Win32 codes as logged: facility 7 without its upper half. */
export const LOGON_FAILURE = refused(401, 1, 1326)

export const account = ({ userName, password }: typeof MAPPED_USER | typeof WILDCARD_USER): Account => ({
  name: userName,
  password,
  state: 'enabled',
  logonRights: ['Interactive', 'Batch', 'Network', 'ClearText'],
})

/** With the right passwords. */
export const accounts = [account(MAPPED_USER), account(WILDCARD_USER)]

/** Require and Anonymous off, where nothing else is said. */
export const mapped = (
  title: string,
  mapping: MappingSituation,
  correct: CorrectAnswer,
  changes: Partial<Situation> = {},
): NamedSituation => ({
  title,
  situation: {
    sslFlags: REQUIRE,
    anonymous: false,
    mapping,
    ...changes,
  },
  correct,
})
