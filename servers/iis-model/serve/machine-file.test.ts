import t from 'tap'
import { readMachineFile } from './machine-file.ts'

const read = (text: string) => readMachineFile({ path: 'machine.yaml', text })

const nothing = {
  sslcert: {},
  schannel: {},
  stores: {},
  trustLists: {},
  accounts: null,
  passwords: {},
  plays: [],
  directory: null,
  deniedByAcl: [],
  faults: null,
}

t.test('no file, and a file that says nothing, leave everything to Windows', async (t) => {
  t.strictSame(readMachineFile(null), nothing)
  for (const text of ['', '# nothing\n', '---\n', '{}']) t.strictSame(read(text), nothing, text)
})

const everyMethod = ['Interactive', 'Batch', 'Network', 'ClearText']

const cases = [
  {
    name: 'every key of sslcert',
    text: `sslcert:
  clientcertnegotiation: true
  verifyclientcertrevocation: false
  verifyrevocationwithcachedclientcertonly: true
  usagecheck: false
  revocationfreshnesstime: 60
  urlretrievaltimeout: 2000
  sslctlidentifier: null
  sslctlstorename: ClientAuthIssuer
  dsmapperusage: true
`,
    says: {
      sslcert: {
        clientcertnegotiation: true,
        verifyclientcertrevocation: false,
        verifyrevocationwithcachedclientcertonly: true,
        usagecheck: false,
        revocationfreshnesstime: 60,
        urlretrievaltimeout: 2000,
        sslctlidentifier: null,
        sslctlstorename: 'ClientAuthIssuer',
        dsmapperusage: true,
      },
    },
  },
  {
    name: 'every key of schannel, in hex as the registry shows it',
    text: 'schannel: { SendTrustedIssuerList: 1, ClientAuthTrustMode: 2, CertificateMappingMethods: 0x1F }',
    says: { schannel: { SendTrustedIssuerList: 1, ClientAuthTrustMode: 2, CertificateMappingMethods: 0x1f } },
  },
  {
    name: 'stores by any name',
    text: 'stores: { Root: [root-a, customer.pem], Partners: [] }',
    says: { stores: { Root: ['root-a', 'customer.pem'], Partners: [] } },
  },
  {
    name: 'trust lists by any name',
    text: 'trustLists: { ctl: [root-a] }',
    says: { trustLists: { ctl: ['root-a'] } },
  },
  {
    name: 'an order of faults',
    text: 'faults: [revoked, untrusted root]',
    says: { faults: ['revoked', 'untrusted root'] },
  },
  {
    name: 'an account, enabled and with every logon right where it does not say',
    text: 'accounts: [{ name: CONTOSO\\alice, password: "1" }]',
    says: {
      accounts: [{ name: 'CONTOSO\\alice', password: '1', state: 'enabled', logonRights: everyMethod }],
    },
  },
  {
    name: 'an account that says everything',
    text: 'accounts: [{ name: a, password: "", state: locked-out, logonRights: [Network] }]',
    says: { accounts: [{ name: 'a', password: '', state: 'locked-out', logonRights: ['Network'] }] },
  },
  {
    name: 'no accounts at all, which is not the same as nobody having said',
    text: 'accounts: []',
    says: { accounts: [] },
  },
  {
    name: 'passwords, plays and deniedByAcl',
    text: 'passwords: { DOMAIN\\bob: secret }\nplays: [{ mapping: 2, identity: correct }]\ndeniedByAcl: [bob]',
    says: {
      passwords: { 'DOMAIN\\bob': 'secret' },
      plays: [{ mapping: 2, identity: 'correct' }],
      deniedByAcl: ['bob'],
    },
  },
  {
    name: 'a directory that says nothing: full enforcement',
    text: 'directory: {}',
    says: { directory: { ntAuth: ['root-a'], strongCertificateBindingEnforcement: 2, users: [] } },
  },
  {
    name: 'every key of directory',
    text: `directory:
  ntAuth: []
  strongCertificateBindingEnforcement: 0
  users:
    - account: CONTOSO\\alice
    - account: CONTOSO\\bob
      userPrincipalName: bob@contoso.com
      objectSid: S-1-5-21-1-2-3-1104
      altSecurityIdentities: ['X509:<SKI>df0e4a']
`,
    says: {
      directory: {
        ntAuth: [],
        strongCertificateBindingEnforcement: 0,
        users: [
          { account: 'CONTOSO\\alice', userPrincipalName: '', objectSid: '', altSecurityIdentities: [] },
          {
            account: 'CONTOSO\\bob',
            userPrincipalName: 'bob@contoso.com',
            objectSid: 'S-1-5-21-1-2-3-1104',
            altSecurityIdentities: ['X509:<SKI>df0e4a'],
          },
        ],
      },
    },
  },
]

for (const { name, text, says } of cases) {
  t.test(name, async (t) => t.strictSame(read(text), { ...nothing, ...says }))
}

const sslcertKeys =
  'clientcertnegotiation, verifyclientcertrevocation, verifyrevocationwithcachedclientcertonly, usagecheck, ' +
  'revocationfreshnesstime, urlretrievaltimeout, sslctlidentifier, sslctlstorename, dsmapperusage'
const fileKeys =
  'sslcert, schannel, stores, trustLists, accounts, passwords, plays, directory, deniedByAcl, faults'
const inQuotes = 'a text (in quotes where it looks like a number)'
const seconds = 'a whole number from 0 to 2147483647'

/** Each with the place of the first thing that is wrong. */
const refusals = [
  { text: 'nope: 1', at: '1:1', says: `unknown key 'nope' in the file, expected one of ${fileKeys}` },
  { text: '- a', at: '1:1', says: `the file is a list, expected a mapping with keys of ${fileKeys}` },
  { text: 'a', at: '1:1', says: `the file is 'a', expected a mapping with keys of ${fileKeys}` },
  {
    text: '\n__proto__: {}',
    at: '2:1',
    says: `unknown key '__proto__' in the file, expected one of ${fileKeys}`,
  },
  {
    text: '"\u202e": 1',
    at: '1:1',
    says: `unknown key '\\u{202e}' in the file, expected one of ${fileKeys}`,
  },
  {
    text: 'sslcert: { usage: true }',
    at: '1:12',
    says: `unknown key 'usage' in sslcert, expected one of ${sslcertKeys}`,
  },
  {
    text: 'sslcert:',
    at: '1:9',
    says: `sslcert is nothing, expected a mapping with keys of ${sslcertKeys}`,
  },
  {
    text: 'sslcert:\n  usagecheck: yes',
    at: '2:15',
    says: "sslcert.usagecheck is 'yes', expected true or false",
  },
  {
    text: 'sslcert:\n  revocationfreshnesstime: -1',
    at: '2:28',
    says: `sslcert.revocationfreshnesstime is -1, expected ${seconds}`,
  },
  {
    text: 'sslcert: { urlretrievaltimeout: 1.5 }',
    at: '1:33',
    says: `sslcert.urlretrievaltimeout is 1.5, expected ${seconds}`,
  },
  {
    text: 'sslcert: { urlretrievaltimeout: 2147483648 }',
    at: '1:33',
    says: `sslcert.urlretrievaltimeout is 2147483648, expected ${seconds}`,
  },
  {
    text: 'sslcert: { sslctlstorename: 5 }',
    at: '1:29',
    says: `sslcert.sslctlstorename is 5, expected ${inQuotes}`,
  },
  {
    text: 'schannel: { SendTrustedIssuerList: 2 }',
    at: '1:36',
    says: 'schannel.SendTrustedIssuerList is 2, expected one of 0, 1',
  },
  {
    text: 'schannel: { ClientAuthTrustMode: "1" }',
    at: '1:34',
    says: "schannel.ClientAuthTrustMode is '1', expected one of 0, 1, 2",
  },
  {
    text: 'schannel: { CertificateMappingMethods: 0x20 }',
    at: '1:40',
    says: 'schannel.CertificateMappingMethods is 32, expected a whole number from 0 to 31',
  },
  { text: 'stores: [a]', at: '1:9', says: 'stores is a list, expected a mapping with stores as keys' },
  {
    text: 'stores:\n  Root: root-a',
    at: '2:9',
    says: "stores.Root is 'root-a', expected a list of certificates",
  },
  { text: 'stores:\n  Root:\n    - 1', at: '3:7', says: `stores.Root[0] is 1, expected ${inQuotes}` },
  { text: 'accounts: { a: b }', at: '1:11', says: 'accounts is a mapping, expected a list of accounts' },
  {
    text: 'accounts:\n  - name: x',
    at: '2:5',
    says: `accounts[0].password is missing, expected ${inQuotes}`,
  },
  {
    text: 'accounts: [{ name: "", password: x }]',
    at: '1:20',
    says: "accounts[0].name is '', expected a text that is not empty",
  },
  {
    text: 'accounts: [{ name: a, password: b, state: gone }]',
    at: '1:43',
    says: "accounts[0].state is 'gone', expected one of enabled, disabled, locked-out, expired, password-expired, password-must-change",
  },
  {
    text: 'accounts: [{ name: a, password: b, logonRights: [Root] }]',
    at: '1:50',
    says: "accounts[0].logonRights[0] is 'Root', expected one of Interactive, Batch, Network, ClearText",
  },
  {
    text: 'passwords: [a]',
    at: '1:12',
    says: 'passwords is a list, expected a mapping with user names as keys',
  },
  {
    text: 'plays: [{ mapping: 0, identity: x }]',
    at: '1:20',
    says: 'plays[0].mapping is 0, expected a whole number from 1',
  },
  {
    text: 'directory: { strongCertificateBindingEnforcement: 3 }',
    at: '1:51',
    says: 'directory.strongCertificateBindingEnforcement is 3, expected one of 0, 1, 2',
  },
  {
    text: 'directory: { users: [{ account: "" }] }',
    at: '1:33',
    says: "directory.users[0].account is '', expected a text that is not empty",
  },
  { text: 'deniedByAcl: x', at: '1:14', says: "deniedByAcl is 'x', expected a list of users" },
  { text: 'plays: []\nplays: []', at: '2:1', says: 'not well-formed YAML: Map keys must be unique' },
  {
    text: 'sslcert: &a {}\nschannel: *a',
    at: '1:1',
    says: 'the file has aliases (*name), expected none',
  },
]

for (const { text, at, says } of refusals) {
  t.test(`refuses ${JSON.stringify(text)}`, async (t) => {
    t.throws(() => read(text), { code: 'ERR_MACHINE_FILE', message: says, where: `machine.yaml:${at}` })
  })
}

t.test('says no password, right or wrong', async (t) => {
  for (const text of ['accounts: [{ name: a, password: 4711 }]', 'passwords: { a: 4711 }']) {
    t.throws(() => read(text), { message: / is a number, expected a text / })
    t.throws(() => read(text), { message: /^((?!4711).)*$/ })
  }
})

t.test('whatever the text, the end is a value or a refusal with a place', async (t) => {
  const hostile = ['a: [', '\tx: 1', '---\na\n---\nb', '['.repeat(50_000), '!!x y', '? [a]\n: 1', '\0', '%']
  for (const text of hostile) {
    t.throws(
      () => read(text),
      { code: 'ERR_MACHINE_FILE', where: /^machine\.yaml:\d+:\d+$/ },
      text.slice(0, 9),
    )
  }
})
