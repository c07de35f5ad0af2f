import { createHash } from 'node:crypto'
import t from 'tap'
import { eventLog } from '../machine/events.ts'
import type { Directory, DirectoryUser } from '../machine/directory.ts'
import { registryDefaults } from '../machine/registry.ts'
import type { Certificate } from '../schannel/certificate.ts'
import { mapToDirectory } from './active-directory.ts'
import { altSecurityIdentity } from './alt-security-identities.ts'
import type { AltSecurityIdentityForm } from './alt-security-identities.ts'
import {
  certificate,
  name,
  rfc822Name,
  securityIdentifier,
  spki,
  subjectAltName,
  subjectKeyIdentifier,
  userPrincipalName,
} from './testdata/certificates.ts'

const issuer = name(['DC', 'com', 0x16], ['DC', 'contoso', 0x16], ['CN', 'CA'])
const ca = certificate({ subject: issuer, issuer })
const otherCa = certificate({ subject: issuer, issuer, serialNumber: '02' })

const SID = 'S-1-5-21-1-2-3-1104'
const names = subjectAltName(userPrincipalName('alice@contoso.com'), rfc822Name('alice@contoso.com'))
const ski = subjectKeyIdentifier('00ff10')

const bare = certificate()
const alice = certificate({ extensions: [names, ski] })
const bound = certificate({ extensions: [names, securityIdentifier(SID)] })
const boundElsewhere = certificate({ extensions: [names, ski, securityIdentifier('S-1-5-21-1-2-3-500')] })

const sha1 = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex')
/** SubjectPublicKeyInfo of P-256 ends with the 65 bytes of the point. */
const keyHash = sha1(spki.subarray(-65))

const forms = [
  { form: 'I-S', text: 'X509:<I>DC=com,DC=contoso,CN=CA<S>CN=alice' },
  { form: 'S', text: 'X509:<S>CN=alice' },
  { form: 'RFC822', text: 'X509:<RFC822>alice@contoso.com' },
  { form: 'I-SR', text: 'X509:<I>DC=com,DC=contoso,CN=CA<SR>12ac11000000002b' },
  { form: 'SKI', text: 'X509:<SKI>00ff10' },
  { form: 'SHA1-PUKEY', text: `X509:<SHA1-PUKEY>${keyHash}` },
  { form: 'I', text: 'X509:<I>DC=com,DC=contoso,CN=CA' },
] as const

for (const { form, text } of forms) {
  t.test(`altSecurityIdentities, ${form}`, async (t) => {
    t.equal(altSecurityIdentity(form, alice), text)
  })
}

for (const form of ['SKI', 'RFC822'] as const) {
  t.test(`a certificate without the field has no ${form}`, async (t) => {
    t.throws(() => altSecurityIdentity(form, bare), { code: 'ERR_ALT_SECURITY_IDENTITY' })
  })
}

const user = (changes: Partial<DirectoryUser> = {}): DirectoryUser => ({
  ...{ account: 'CONTOSO\\alice', userPrincipalName: '', altSecurityIdentities: [], objectSid: SID },
  ...changes,
})
const principal = user({ userPrincipalName: 'Alice@Contoso.com' })
const explicit = (form: AltSecurityIdentityForm) =>
  user({ altSecurityIdentities: [altSecurityIdentity(form, alice).toUpperCase()] })
const thumbprint = user({ altSecurityIdentities: [`X509:<SHA1-PUKEY>${sha1(alice.der)}`] })
const bob = { ...principal, account: 'CONTOSO\\bob' }

const MAPPED = 'CONTOSO\\alice'

const cases: readonly {
  readonly name: string
  readonly certificate?: Certificate
  readonly users: readonly DirectoryUser[]
  readonly methods?: number
  readonly enforcement?: 0 | 1 | 2
  readonly ntAuth?: readonly Certificate[]
  readonly chain?: readonly Certificate[]
  readonly account: string | null
  readonly events?: readonly number[]
}[] = [
  { name: 'nobody is there', users: [], account: null },
  { name: 'UPN without a SID, full enforcement', users: [principal], account: null },
  { name: 'UPN without a SID, compatibility', users: [principal], enforcement: 1, account: MAPPED },
  { name: 'UPN without a SID, off', users: [principal], enforcement: 0, account: MAPPED },
  { name: 'UPN with the SID', certificate: bound, users: [principal], account: MAPPED },
  {
    name: 'UPN with the SID, compatibility',
    certificate: bound,
    users: [principal],
    enforcement: 1,
    account: MAPPED,
  },
  { name: 'UPN with the SID of another', certificate: boundElsewhere, users: [principal], account: null },
  {
    name: 'UPN with the SID of another, compatibility',
    certificate: boundElsewhere,
    users: [principal],
    enforcement: 1,
    account: null,
  },
  {
    name: 'UPN with the SID of another, off',
    certificate: boundElsewhere,
    users: [principal],
    enforcement: 0,
    account: MAPPED,
  },
  {
    name: 'UPN, and a strong mapping of the same user',
    users: [{ ...principal, altSecurityIdentities: explicit('SKI').altSecurityIdentities }],
    methods: 8,
    account: MAPPED,
  },
  {
    name: 'UPN, and a weak mapping of the same user',
    users: [{ ...principal, altSecurityIdentities: explicit('I-S').altSecurityIdentities }],
    account: null,
  },
  {
    name: 'UPN, the CA is not in NTAuth',
    certificate: bound,
    users: [principal],
    ntAuth: [],
    methods: 0x1f,
    account: null,
    events: [36878, 36879],
  },
  {
    name: 'UPN, another certificate of the CA is in NTAuth',
    certificate: bound,
    users: [principal],
    ntAuth: [otherCa],
    account: null,
    events: [36878, 36879],
  },
  { name: 'UPN by Schannel alone', certificate: bound, users: [principal], methods: 4, account: MAPPED },
  {
    name: 'UPN, explicit mappings only',
    certificate: bound,
    users: [principal],
    methods: 0x13,
    account: null,
  },
  {
    name: 'no method at all',
    certificate: bound,
    users: [principal, explicit('SKI')],
    methods: 0,
    account: null,
  },
  { name: 'two users with one UPN', certificate: bound, users: [principal, bob], account: null },
  {
    name: 'a certificate without UPN and a user without',
    certificate: bare,
    users: [user()],
    enforcement: 0,
    account: null,
  },
  {
    name: 'an empty UPN on both sides',
    certificate: certificate({ extensions: [subjectAltName(userPrincipalName(''))] }),
    users: [user()],
    enforcement: 0,
    account: null,
  },

  { name: 'explicit I-SR', users: [explicit('I-SR')], account: MAPPED },
  { name: 'explicit SKI', users: [explicit('SKI')], account: MAPPED },
  { name: 'explicit SHA1-PUKEY', users: [explicit('SHA1-PUKEY')], account: MAPPED },
  { name: 'explicit SHA1-PUKEY by thumbprint', users: [thumbprint], account: MAPPED },
  { name: 'explicit I-S, full enforcement', users: [explicit('I-S')], methods: 0x1f, account: null },
  { name: 'explicit S, full enforcement', users: [explicit('S')], account: null },
  { name: 'explicit RFC822, full enforcement', users: [explicit('RFC822')], account: null },
  { name: 'explicit I-S, compatibility', users: [explicit('I-S')], enforcement: 1, account: MAPPED },
  { name: 'explicit S, compatibility', users: [explicit('S')], enforcement: 1, account: MAPPED },
  { name: 'explicit RFC822, compatibility', users: [explicit('RFC822')], enforcement: 1, account: MAPPED },
  { name: 'explicit S, and the SID', certificate: bound, users: [explicit('S')], account: MAPPED },
  {
    name: 'explicit SKI, and the SID of another',
    certificate: boundElsewhere,
    users: [explicit('SKI')],
    account: MAPPED,
  },
  {
    name: 'explicit S, and the SID of another, compatibility',
    certificate: boundElsewhere,
    users: [explicit('S')],
    enforcement: 1,
    account: null,
  },
  { name: 'explicit needs no NTAuth', users: [explicit('SKI')], ntAuth: [], account: MAPPED },
  { name: 'explicit with S4U2Self alone', users: [explicit('SKI')], methods: 8, account: null },
  { name: 'I-S by Schannel alone', users: [explicit('I-S')], methods: 1, enforcement: 1, account: MAPPED },
  { name: 'S is none of Schannel alone', users: [explicit('S')], methods: 7, enforcement: 0, account: null },
  {
    name: 'the issuer by Schannel alone',
    users: [explicit('I')],
    methods: 2,
    enforcement: 1,
    account: MAPPED,
  },
  {
    name: 'the issuer is nothing to the KDC',
    users: [explicit('I')],
    methods: 0x18,
    enforcement: 0,
    account: null,
  },
  {
    name: 'UPN before an explicit mapping of another',
    certificate: bound,
    users: [{ ...explicit('S'), account: 'CONTOSO\\carol' }, principal],
    enforcement: 0,
    account: MAPPED,
  },
  {
    name: 'an unfit UPN leaves the explicit mapping to be tried',
    users: [{ ...principal, account: 'CONTOSO\\carol' }, explicit('SKI')],
    account: MAPPED,
  },
  { name: 'no chain', users: [principal], enforcement: 0, chain: [], account: null, events: [36877] },
  {
    name: 'an unknown issuer',
    users: [principal],
    enforcement: 0,
    chain: [alice],
    account: null,
    events: [36877],
  },
  {
    name: 'a chain that ends at an intermediate',
    users: [principal],
    enforcement: 0,
    chain: [alice, ca],
    account: MAPPED,
  },
]

for (const { name, certificate: sent = alice, users, account, ...differs } of cases) {
  t.test(`${name}: ${account ?? 'nobody'}`, async (t) => {
    const { methods = 0x18, enforcement = 2, ntAuth = [ca], chain = [sent, ca] } = differs
    const directory: Directory = { users, ntAuth, strongCertificateBindingEnforcement: enforcement }
    const registry = { ...registryDefaults, CertificateMappingMethods: methods }
    const events = eventLog()
    t.equal(mapToDirectory(sent, chain, { directory, registry, events }), account)
    const { events: ids = account === null ? [36879] : [] } = differs
    t.strictSame(
      events.events.map(({ id }) => id),
      ids,
    )
  })
}

t.test('a computer outside of any domain maps nobody', async (t) => {
  const events = eventLog()
  t.equal(mapToDirectory(bound, [bound, ca], { directory: null, registry: registryDefaults, events }), null)
  t.match(events.events, [{ id: 36879 }])
})

t.test('a certificate that nobody can read is not mapped and throws nothing', async (t) => {
  const rubbish = Buffer.from('rubbish')
  const fields = {
    der: rubbish,
    subjectDer: rubbish,
    issuerDer: rubbish,
    fingerprint: '',
    serialNumber: '-1',
  }
  const none = { subjectAltNames: { userPrincipalNames: [], rfc822Names: [] }, subjectKeyIdentifier: null }
  const damaged = { ...fields, ...none, securityIdentifier: null }
  const directory: Directory = {
    users: [explicit('S')],
    ntAuth: [ca],
    strongCertificateBindingEnforcement: 0,
  }
  const registry = { ...registryDefaults, CertificateMappingMethods: 0x1f }
  t.equal(mapToDirectory(damaged, [damaged, ca], { directory, registry, events: eventLog() }), null)
})
