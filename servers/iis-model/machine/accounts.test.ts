import t from 'tap'
import { S_OK } from '../codes.ts'
import { accountMatches, withDefaultDomain } from './accounts-name.ts'
import { logOn } from './accounts.ts'
import type { Account, LogonMethod } from './accounts.ts'
import { equalsIgnoringCase } from './ordinal-ignore-case.ts'

const all = ['Interactive', 'Batch', 'Network', 'ClearText'] as const
const account = (
  name: string,
  state: Account['state'] = 'enabled',
  logonRights: readonly LogonMethod[] = all,
) => ({
  ...{ name, state, logonRights },
  password: 'right',
})

const machine = {
  accounts: [
    account('alice'),
    account('CONTOSO\\bob'),
    account('disabled', 'disabled'),
    account('locked', 'locked-out'),
    account('expired', 'expired'),
    account('old-password', 'password-expired'),
    account('new-password', 'password-must-change'),
    account('network-only', 'enabled', ['Network']),
    account('disabled-network', 'disabled', ['Network']),
    account('twin', 'disabled'),
    account('CONTOSO\\twin'),
  ],
}

const LOGON_FAILURE = 0x8007052e

const logons: readonly {
  readonly user: string
  readonly password?: string | null
  readonly method?: LogonMethod
  readonly hresult: number
}[] = [
  { user: 'alice', hresult: S_OK },
  { user: 'ALICE', hresult: S_OK },
  { user: '.\\alice', hresult: S_OK },
  { user: 'CONTOSO\\bob', hresult: S_OK },
  { user: 'bob@contoso.com', hresult: S_OK },
  { user: 'bob', hresult: S_OK },
  { user: 'alice', password: 'wrong', hresult: LOGON_FAILURE },
  { user: 'alice', password: 'RIGHT', hresult: LOGON_FAILURE },
  { user: 'alice', password: '', hresult: LOGON_FAILURE },
  { user: 'alice', password: null, hresult: S_OK },
  { user: 'nobody', hresult: LOGON_FAILURE },
  { user: 'nobody', password: null, hresult: LOGON_FAILURE },
  { user: 'FABRIKAM\\bob', hresult: LOGON_FAILURE },
  { user: '', hresult: LOGON_FAILURE },
  { user: 'CONTOSO\\', hresult: LOGON_FAILURE },
  { user: '@contoso.com', hresult: LOGON_FAILURE },
  { user: 'disabled', hresult: 0x80070533 },
  { user: 'disabled', password: 'wrong', hresult: LOGON_FAILURE },
  { user: 'locked', hresult: 0x80070775 },
  { user: 'locked', password: 'wrong', hresult: 0x80070775 },
  { user: 'expired', hresult: 0x80070701 },
  { user: 'old-password', hresult: 0x80070532 },
  { user: 'new-password', hresult: 0x80070773 },
  { user: 'network-only', hresult: 0x80070569 },
  { user: 'network-only', method: 'Interactive', hresult: 0x80070569 },
  { user: 'network-only', method: 'Network', hresult: S_OK },
  { user: 'disabled-network', hresult: 0x80070533 },
  { user: 'CONTOSO\\twin', hresult: S_OK },
  { user: 'twin', hresult: 0x80070533 },
]

for (const { user, password = 'right', method = 'ClearText', hresult } of logons) {
  t.test(`'${user}' with password ${String(password)}, ${method}: 0x${hresult.toString(16)}`, async (t) => {
    const given =
      password === null ? ({ kind: 'unreadable' } as const) : ({ kind: 'clear', text: password } as const)
    t.equal(logOn(machine, user, given, method), hresult)
  })
}

t.test(
  'without accounts each configured one exists with its password, but none without a name',
  async (t) => {
    const none = { accounts: null }
    t.equal(logOn(none, 'anybody', { kind: 'clear', text: 'any' }, 'ClearText'), S_OK)
    t.equal(logOn(none, 'anybody', { kind: 'unreadable' }, 'ClearText'), S_OK)
    t.equal(logOn(none, '', { kind: 'unreadable' }, 'ClearText'), LOGON_FAILURE)
  },
)

const names = [
  { a: 'alice', b: 'Alice', same: true },
  { a: 'alice', b: 'DOMAIN\\alice', same: true },
  { a: 'domain\\ALICE', b: 'DOMAIN\\alice', same: true },
  { a: 'alice@domain.test', b: 'DOMAIN\\alice', same: true },
  { a: 'alice@domain.test', b: 'alice@DOMAIN.test', same: true },
  { a: 'alice@domain.test', b: 'alice@other.test', same: false },
  { a: 'alice@domain.test', b: 'alice@domain.example', same: false },
  { a: 'OTHER\\alice', b: 'DOMAIN\\alice', same: false },
  { a: 'alice', b: 'bob', same: false },
  { a: 'DOMAIN\\a\\b', b: 'b', same: false },
] as const

for (const { a, b, same } of names) {
  t.test(`${a} ${same ? 'is' : 'is not'} ${b}`, async (t) => {
    t.equal(accountMatches(a, b), same)
    t.equal(accountMatches(b, a), same)
  })
}

const domains = [
  { user: 'alice', domain: 'CONTOSO', full: 'CONTOSO\\alice' },
  { user: 'alice', domain: '', full: 'alice' },
  { user: '.\\alice', domain: 'CONTOSO', full: '.\\alice' },
  { user: 'a@b.test', domain: 'CONTOSO', full: 'a@b.test' },
  { user: '', domain: 'CONTOSO', full: '' },
] as const

for (const { user, domain, full } of domains) {
  t.test(`'${user}' with the default domain '${domain}' is '${full}'`, async (t) => {
    t.equal(withDefaultDomain(user, domain), full)
  })
}

t.test('case is one character for one', async (t) => {
  t.ok(equalsIgnoringCase('zoë', 'ZOË'))
  t.notOk(equalsIgnoringCase('straße', 'STRASSE'))
  t.ok(equalsIgnoringCase('straße ä', 'STRAßE Ä'))
})
