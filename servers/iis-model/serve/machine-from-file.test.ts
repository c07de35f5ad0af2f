import { join } from 'node:path'
import t from 'tap'
import type { AuthorityName } from '../../../harness/model/identity.ts'
import { profiles } from '../profiles.ts'
import { readMachineFile } from './machine-file.ts'
import { machineFromFile } from './machine-from-file.ts'
import { identity, pki } from './testdata/test-pki.ts'

const profile = (name: string) => profiles.find((each) => each.name === name)!
const der = (name: AuthorityName) => Buffer.from(pki.authorities[name].certificate.der)
const pem = (name: AuthorityName) => pki.authorities[name].certificate.pem
const endEntity = Buffer.from(identity('correct').chain[0]!.der)

const folder = t.testdir({
  'one.pem': pem('root-a'),
  'several.pem': `Subject: root\n${pem('root-a')}\nSubject: intermediate\r\n${pem('intermediate-a').replaceAll('\n', '\r\n')}`,
  'one.cer': der('root-b'),
  'key.pem': identity('correct').keyPem!,
  'text.pem': 'hello',
  'empty.pem': '',
  'cut.cer': der('root-b').subarray(0, 100),
  'cut.pem': `-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n${pem('root-a')}`,
  // Named as an authority is: the authority comes first.
  'root-c': endEntity,
})
const path = join(folder, 'machine.yaml')

const machine = (text: string, name = 'iis-10') =>
  machineFromFile(readMachineFile({ path, text }), { profile: profile(name), pki, path })

t.test('a file that says nothing: Windows as it comes, with the root of the PKI trusted', async (t) => {
  const { stores, registry, accounts, directory } = await machine('')
  t.strictSame(
    stores.store('root').map((each) => each.der),
    [der('root-a')],
  )
  t.strictSame(
    stores.store('CA').map((each) => each.der),
    [der('root-b')],
  )
  t.strictSame(stores.store('ClientAuthIssuer'), [])
  t.strictSame(registry, {
    SendTrustedIssuerList: 0,
    ClientAuthTrustMode: 0,
    CertificateMappingMethods: 0x18,
  })
  t.equal(accounts, null)
  t.equal(directory, null)
})

t.test(
  'SendTrustedIssuerList is as the Windows of the profile has it, unless the file says it',
  async (t) => {
    t.equal((await machine('', 'iis-7.5')).registry.SendTrustedIssuerList, 1)
    const said = await machine('schannel: { SendTrustedIssuerList: 0 }', 'iis-7.5')
    t.equal(said.registry.SendTrustedIssuerList, 0)
  },
)

const files: readonly { name: string; file: string; holds: readonly Buffer[] }[] = [
  { name: 'an authority', file: 'root-b', holds: [der('root-b')] },
  { name: 'PEM', file: 'one.pem', holds: [der('root-a')] },
  {
    name: 'PEM with several certificates and words between them',
    file: 'several.pem',
    holds: [der('root-a'), der('intermediate-a')],
  },
  { name: 'DER', file: 'one.cer', holds: [der('root-b')] },
  { name: 'an absolute path', file: join(folder, 'one.cer'), holds: [der('root-b')] },
  { name: 'an authority before a file of its name', file: 'root-c', holds: [der('root-c')] },
  { name: 'a path to the file of that name', file: './root-c', holds: [endEntity] },
]

for (const { name, file, holds } of files) {
  t.test(`a store holds ${name}`, async (t) => {
    const { stores } = await machine(`stores: { Partners: [${JSON.stringify(file)}] }`)
    t.strictSame(
      stores.store('partners').map((each) => each.der),
      holds,
    )
  })
}

t.test('a store that is named replaces what it held, and may be empty', async (t) => {
  const { stores } = await machine('stores: { root: [one.cer, root-a], CA: [] }')
  t.strictSame(
    stores.store('Root').map((each) => each.der),
    [der('root-b'), der('root-a')],
  )
  t.strictSame(stores.store('CA'), [])
})

t.test('a trust list is found by its name', async (t) => {
  const { stores } = await machine('trustLists: { partners: [one.pem] }')
  t.strictSame(
    stores.trustLists.get('partners')?.map((each) => each.der),
    [der('root-a')],
  )
})

t.test('faults are looked at in the order that the file gives', async (t) => {
  const { faults } = await machine('faults: [untrusted root, revoked]')
  t.strictSame(
    faults?.map(({ code }) => code),
    ['CERT_E_UNTRUSTEDROOT', 'CRYPT_E_REVOKED'],
  )
  t.equal((await machine('')).faults, undefined, 'the table of the model')
})

t.test('NTAuth is read like a store', async (t) => {
  const { directory } = await machine('directory: { ntAuth: [one.pem, intermediate-a] }')
  t.strictSame(
    directory?.ntAuth.map((each) => each.der),
    [der('root-a'), der('intermediate-a')],
  )
})

const refusals = [
  { text: 'stores: { Root: [gone.pem] }', says: /^stores\.Root names 'gone\.pem': .*ENOENT/ },
  { text: 'stores: { Root: [root-a, key.pem] }', says: /^stores\.Root names 'key\.pem'/ },
  { text: 'stores: { CA: [text.pem] }', says: /^stores\.CA names 'text\.pem'/ },
  { text: 'stores: { CA: [empty.pem] }', says: /^stores\.CA names 'empty\.pem'/ },
  { text: 'stores: { CA: [cut.cer] }', says: /^stores\.CA names 'cut\.cer'/ },
  { text: 'stores: { CA: [cut.pem] }', says: /^stores\.CA names 'cut\.pem'/ },
  { text: 'stores: { CA: [.] }', says: /^stores\.CA names '\.'/ },
  { text: 'stores: { CA: ["a\\0b"] }', says: /^stores\.CA names 'a\\u\{0\}b'/ },
  { text: 'stores: { CA: [toString] }', says: /^stores\.CA names 'toString'/ },
  { text: 'trustLists: { a: [gone.pem] }', says: /^trustLists\.a names 'gone\.pem'/ },
  { text: 'directory: { ntAuth: [root-z] }', says: /^directory\.ntAuth names 'root-z'/ },
]

for (const { text, says } of refusals) {
  t.test(`refuses ${text}`, async (t) => {
    await t.rejects(machine(text), {
      code: 'ERR_MACHINE_FILE',
      message: says,
      where: path,
      hint: /^give a PEM or DER file, or one of .*root-a/,
    })
  })
}
