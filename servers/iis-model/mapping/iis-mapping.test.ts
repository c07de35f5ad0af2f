import t from 'tap'
import type {
  IisClientCertificateMapping,
  ManyToOneMapping,
  ManyToOneRule,
  OneToOneMapping,
} from '../configuration/settings.ts'
import { mappingSection } from '../pipeline/testdata/requests.ts'
import { mapCertificate } from './iis-mapping.ts'
import { certificate, certificateDer, element, attribute, name, sequence } from './testdata/certificates.ts'

const clear = { kind: 'clear', text: 'secret' } as const

const base64 = certificateDer().toString('base64')

const oneToOne = (userName: string, changes: Partial<OneToOneMapping> = {}): OneToOneMapping => ({
  ...{ enabled: true, userName, password: clear, certificate: base64 },
  ...changes,
})

const subject = (
  subField: string,
  matchCriteria: string,
  changes: Partial<ManyToOneRule> = {},
): ManyToOneRule => ({
  certificateField: 'Subject',
  certificateSubField: subField,
  matchCriteria,
  compareCaseSensitive: true,
  ...changes,
})

const manyToOne = (
  userName: string,
  rules: readonly ManyToOneRule[],
  changes: Partial<ManyToOneMapping> = {},
): ManyToOneMapping => ({
  ...{ name: userName, description: '', enabled: true, permissionMode: 'Allow', userName },
  ...{ password: clear, rules },
  ...changes,
})

const account = (userName: string, logonName = userName) =>
  ({ kind: 'account', userName, logonName, password: clear }) as const

const alice = certificate()
const EOD = { kind: 'malformed', hresult: 0x80093102 } as const
const truncated = oneToOne('truncated', { certificate: base64.slice(0, 40) })
const other = certificateDer({ serialNumber: '01' }).toString('base64')
const everybody = subject('CN', '*')

const sections: readonly {
  readonly name: string
  readonly changes: Partial<IisClientCertificateMapping>
  readonly mapping: object | null
}[] = [
  { name: 'no entries', changes: {}, mapping: null },
  { name: 'one-to-one', changes: { oneToOneMappings: [oneToOne('a')] }, mapping: account('a') },
  {
    name: 'the section is disabled',
    changes: { enabled: false, oneToOneMappings: [oneToOne('a')] },
    mapping: null,
  },
  {
    name: 'one-to-one is disabled',
    changes: { oneToOneCertificateMappingsEnabled: false, oneToOneMappings: [oneToOne('a')] },
    mapping: null,
  },
  {
    name: 'the entry is disabled',
    changes: { oneToOneMappings: [oneToOne('a', { enabled: false })] },
    mapping: null,
  },
  {
    name: 'same subject and key, issued again',
    changes: { oneToOneMappings: [oneToOne('a', { certificate: other })] },
    mapping: null,
  },
  {
    name: 'the first of two wins',
    changes: { oneToOneMappings: [oneToOne('a'), oneToOne('b')] },
    mapping: account('a'),
  },
  {
    name: 'a malformed entry is reached',
    changes: { oneToOneMappings: [truncated, oneToOne('a')] },
    mapping: EOD,
  },
  {
    name: 'a malformed entry behind the matching one is not reached',
    changes: { oneToOneMappings: [oneToOne('a'), truncated] },
    mapping: account('a'),
  },
  {
    name: 'a malformed entry that is disabled is not read',
    changes: { oneToOneMappings: [{ ...truncated, enabled: false }, oneToOne('a')] },
    mapping: account('a'),
  },
  {
    name: 'a malformed entry ends the search before many-to-one',
    changes: { oneToOneMappings: [truncated], manyToOneMappings: [manyToOne('b', [everybody])] },
    mapping: EOD,
  },
  {
    name: 'a user without a domain gets the default one',
    changes: { defaultLogonDomain: 'CONTOSO', oneToOneMappings: [oneToOne('a')] },
    mapping: account('a', 'CONTOSO\\a'),
  },
  {
    name: 'many-to-one',
    changes: { manyToOneMappings: [manyToOne('a', [everybody])] },
    mapping: account('a'),
  },
  {
    name: 'many-to-one is disabled',
    changes: { manyToOneCertificateMappingsEnabled: false, manyToOneMappings: [manyToOne('a', [everybody])] },
    mapping: null,
  },
  {
    name: 'a many-to-one entry is disabled',
    changes: {
      manyToOneMappings: [manyToOne('a', [everybody], { enabled: false }), manyToOne('b', [everybody])],
    },
    mapping: account('b'),
  },
  {
    name: 'one-to-one before many-to-one',
    changes: { oneToOneMappings: [oneToOne('a')], manyToOneMappings: [manyToOne('b', [everybody])] },
    mapping: account('a'),
  },
  {
    name: 'one-to-one before a Deny',
    changes: {
      oneToOneMappings: [oneToOne('a')],
      manyToOneMappings: [manyToOne('b', [everybody], { permissionMode: 'Deny' })],
    },
    mapping: account('a'),
  },
  {
    name: 'a Deny',
    changes: { manyToOneMappings: [manyToOne('a', [everybody], { permissionMode: 'Deny' })] },
    mapping: { kind: 'denied' },
  },
  {
    name: 'an Allow before a Deny',
    changes: {
      manyToOneMappings: [
        manyToOne('a', [everybody]),
        manyToOne('b', [everybody], { permissionMode: 'Deny' }),
      ],
    },
    mapping: account('a'),
  },
  {
    name: 'a Deny before an Allow',
    changes: {
      manyToOneMappings: [
        manyToOne('b', [everybody], { permissionMode: 'Deny' }),
        manyToOne('a', [everybody]),
      ],
    },
    mapping: { kind: 'denied' },
  },
  {
    name: 'a Deny whose rules do not match',
    changes: { manyToOneMappings: [manyToOne('b', [subject('CN', 'bob')], { permissionMode: 'Deny' })] },
    mapping: null,
  },
]

for (const { name, changes, mapping } of sections) {
  t.test(name, async (t) => {
    t.strictSame(mapCertificate(alice, mappingSection(changes)), mapping)
  })
}

const rich = certificate({
  subject: sequence(
    ...[
      attribute(['C', 'US', 0x13]),
      attribute(['S', 'Texas']),
      attribute(['L', 'Austin']),
      attribute(['O', 'Contoso, Inc']),
      attribute(['OU', 'Sales']),
      attribute(['OU', Buffer.from('Zoë', 'utf16le').swap16(), 0x1e]),
      attribute(['T', 'Dr']),
      attribute(['GN', 'Alice']),
      attribute(['I', 'A']),
      attribute(['E', 'a@b.test', 0x16]),
    ].map((one) => element(0x31, one)),
    element(0x31, attribute(['CN', 'alice*?']), attribute(['DC', 'dev'])),
  ),
  issuer: name(['O', 'Contoso'], ['CN', 'CA 1']),
})

const issuer = { certificateField: 'Issuer' } as const
const anyCase = { compareCaseSensitive: false } as const

const rules: readonly { readonly rules: readonly ManyToOneRule[]; readonly matches: boolean }[] = [
  { rules: [], matches: false },
  { rules: [subject('C', 'US')], matches: true },
  { rules: [subject('S', 'Texas')], matches: true },
  { rules: [subject('ST', 'Texas')], matches: true },
  { rules: [subject('L', 'Aus*')], matches: true },
  { rules: [subject('O', 'Contoso, Inc')], matches: true },
  { rules: [subject('O', 'Contoso')], matches: false },
  { rules: [subject('T', 'Dr')], matches: true },
  { rules: [subject('GN', 'Alice')], matches: true },
  { rules: [subject('I', 'A')], matches: true },
  { rules: [subject('Email', '*@b.test')], matches: true },
  { rules: [subject('E', '*@b.test')], matches: true },
  { rules: [subject('DC', 'dev')], matches: true },
  { rules: [subject('CN', 'alice?')], matches: false },
  { rules: [subject('CN', 'alice*?')], matches: true },
  { rules: [subject('OU', 'Sales')], matches: true },
  { rules: [subject('OU', 'Zoë')], matches: true },
  { rules: [subject('OU', 'Sales'), subject('OU', 'Zoë')], matches: true },
  { rules: [subject('OU', 'sales')], matches: false },
  { rules: [subject('OU', 'sales', anyCase)], matches: true },
  { rules: [subject('OU', 'ZO*Ë', anyCase)], matches: true },
  { rules: [subject('ou', 'Sales')], matches: false },
  { rules: [subject('OU', '')], matches: false },
  { rules: [subject('SN', '*')], matches: false },
  { rules: [subject('Postcode', '*')], matches: false },
  { rules: [subject('O', 'Contoso', issuer)], matches: true },
  { rules: [subject('CN', 'CA 1')], matches: false },
  { rules: [subject('CN', 'CA ?', issuer)], matches: false },
  { rules: [subject('C', 'US'), subject('CN', 'CA*', issuer)], matches: true },
  { rules: [subject('C', 'US'), subject('CN', 'CB*', issuer)], matches: false },
]

for (const { rules: all, matches } of rules) {
  const text = all
    .map((rule) => `${rule.certificateField} ${rule.certificateSubField} ${rule.matchCriteria}`)
    .join(', ')
  t.test(`${matches ? 'matches' : 'does not match'}: ${text || 'no rules'}`, async (t) => {
    const mapping = mapCertificate(rich, mappingSection({ manyToOneMappings: [manyToOne('a', all)] }))
    t.strictSame(mapping, matches ? account('a') : null)
  })
}

const broken = [
  { name: 'no bytes', der: Buffer.alloc(0) },
  { name: 'cut short', der: name(['CN', 'alice']).subarray(0, 10) },
  { name: 'no name', der: Buffer.from('hello') },
  { name: 'an empty name', der: name() },
  { name: 'no string', der: name(['CN', 'alice', 0x04]) },
]

for (const { name, der } of broken) {
  t.test(`a subject that is ${name} matches no rule`, async (t) => {
    const damaged = { ...{ der: alice.der, issuerDer: alice.issuerDer }, subjectDer: der }
    t.equal(
      mapCertificate(damaged, mappingSection({ manyToOneMappings: [manyToOne('a', [everybody])] })),
      null,
    )
  })
}
