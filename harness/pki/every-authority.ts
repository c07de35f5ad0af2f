/** A table with one row for each authority: a Pki is always total in them. */
import type { AuthorityName } from '../model/identity.ts'

export function everyAuthority<T>(rowFor: (name: AuthorityName) => T): Readonly<Record<AuthorityName, T>> {
  return {
    'root-a': rowFor('root-a'),
    'root-b': rowFor('root-b'),
    'root-c': rowFor('root-c'),
    'intermediate-a': rowFor('intermediate-a'),
    'expired-intermediate': rowFor('expired-intermediate'),
    'server-auth-intermediate': rowFor('server-auth-intermediate'),
    'non-ca-issuer': rowFor('non-ca-issuer'),
  }
}
