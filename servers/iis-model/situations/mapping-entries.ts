/** The mappings that situations are made of. Accounts and passwords are the model's own and open nothing. */
import type { ManyToOneSituation, MappingSituation, OneToOneSituation } from '../situation.ts'

export const MAPPED_USER = { userName: 'mapped-user', password: 'correct horse' } as const
export const WILDCARD_USER = { userName: 'wildcard-user', password: 'battery staple' } as const

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
