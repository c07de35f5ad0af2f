import t from 'tap'
import type { AuthorizationRule } from '../../configuration/settings.ts'
import { connection, good, withMapping } from '../testdata/requests.ts'
import { shown } from '../testdata/shown.ts'

const allow = (changes: Partial<AuthorizationRule> = {}): AuthorizationRule => ({
  ...{ accessType: 'Allow', users: [], roles: [], verbs: [] },
  ...changes,
})
const deny = (changes: Partial<AuthorizationRule> = {}): AuthorizationRule => ({
  ...allow(changes),
  accessType: 'Deny',
})
const everybody = allow({ users: ['*'] })

const authorizations: readonly {
  readonly name: string
  readonly rules: readonly AuthorizationRule[]
  readonly anonymous: boolean
  readonly mapped: boolean
}[] = [
  { name: 'everybody', rules: [everybody], anonymous: true, mapped: true },
  { name: 'no rules', rules: [], anonymous: true, mapped: true },
  { name: 'the user', rules: [allow({ users: ['bob', 'MAPPED'] })], anonymous: false, mapped: true },
  {
    name: 'the user with a domain',
    rules: [allow({ users: ['SERVER\\mapped'] })],
    anonymous: false,
    mapped: true,
  },
  { name: 'another', rules: [allow({ users: ['bob'] })], anonymous: false, mapped: false },
  { name: 'anonymous', rules: [allow({ users: ['?'] })], anonymous: true, mapped: false },
  { name: 'not anonymous', rules: [everybody, deny({ users: ['?'] })], anonymous: false, mapped: true },
  {
    name: 'a Deny behind the Allow',
    rules: [everybody, deny({ users: ['mapped'] })],
    anonymous: true,
    mapped: false,
  },
  { name: 'nobody', rules: [everybody, deny({ users: ['*'] })], anonymous: false, mapped: false },
  { name: 'a role', rules: [allow({ roles: ['Administrators'] })], anonymous: false, mapped: false },
  {
    name: 'this verb',
    rules: [allow({ users: ['*'], verbs: ['post', 'get'] })],
    anonymous: true,
    mapped: true,
  },
  {
    name: 'another verb',
    rules: [allow({ users: ['*'], verbs: ['POST'] })],
    anonymous: false,
    mapped: false,
  },
  {
    name: 'another verb denied',
    rules: [everybody, deny({ users: ['*'], verbs: ['POST'] })],
    anonymous: true,
    mapped: true,
  },
]

for (const { name, rules, ...expected } of authorizations) {
  t.test(`URL authorization for ${name}`, async (t) => {
    t.equal(await shown({ rules }), expected.anonymous ? '200' : '401.2', 'anonymous')
    const parts = { ...withMapping, connection: connection({ client: good, asked: true }) }
    t.equal(await shown({ rules, ...parts }), expected.mapped ? '200 mapped' : '401.2 mapped', 'mapped')
  })
}

t.test('the ACL comes after URL authorization, and anonymous is its configured account', async (t) => {
  t.equal(await shown({ deniedByAcl: ['BUILTIN\\iusr'] }), '401.3')
  t.equal(await shown({ deniedByAcl: ['mapped', ''] }), '200')
  t.equal(await shown({ deniedByAcl: ['IUSR'], rules: [allow({ users: ['bob'] })] }), '401.2')
  const anonymousAuthentication = { enabled: true, userName: '' }
  t.equal(await shown({ deniedByAcl: ['', 'IUSR'], authentication: { anonymousAuthentication } }), '200')
})
