/** A PKI for the tests of this folder: every authority, and the identities that they name. */
import { issuePki } from '../../../../harness/pki/issue.ts'
import { authorities, identities, server } from '../../../../scenarios/identities/index.ts'

const names = ['correct', 'missing', 'untrusted', 'ecdsa-p256']

export const pki = await issuePki(
  { authorities, server, identities: identities.filter(({ name }) => names.includes(name)) },
  { now: Date.now() },
)

export const identity = (name: string) => pki.identities.get(name)!

/** What a mapping holds: one line of base64. */
export const base64Of = (name: string): string => Buffer.from(identity(name).chain[0]!.der).toString('base64')
