import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import t from 'tap'
import { authorities, identities, server } from '../../scenarios/identities/index.ts'
import type { IdentitySpec, Pki } from '../model/identity.ts'
import { issuePki } from './issue.ts'
import { readPkiFolder } from './read-folder.ts'
import { writePkiFolder } from './write-folder.ts'

const now = Date.UTC(2026, 0, 2)
const pki = await issuePki({ authorities, server, identities }, { now })

/** Writing is about files, not identities: few make a fast test. */
const few = { identities: ['ecdsa-p256', 'missing'] }

const shared = [
  'README.txt',
  'ca.pem',
  'countersign-pki.json',
  'crl.pem',
  'expired-intermediate-ca.pem',
  'intermediate.pem',
  'named-ca-crl.pem',
  'named-ca.pem',
  'non-ca-issuer-ee.pem',
  'server-auth-intermediate-ca.pem',
  'stale-crl.pem',
  'untrusted-ca-crl.pem',
  'untrusted-ca.pem',
]
const filesOf = (name: string) => ['pem', 'key', 'der', 'pfx', 'b64'].map((ending) => `${name}.${ending}`)

/** The PEM blocks of a file that has nothing else, in no order. */
const blocksIn = (text: string) => text.split(/(?<=-----END X509 CRL-----\n)/).sort()

t.test('the files are those that scripts depend on, and the paths written are given back', async (t) => {
  const directory = join(t.testdir(), 'new', 'pki')
  const written = await writePkiFolder(pki, directory, few)
  const expected = [...shared, ...filesOf('ecdsa-p256'), ...filesOf('server')].sort()
  t.strictSame((await readdir(directory)).sort(), expected)
  t.strictSame(written.map((path) => basename(path)).sort(), expected)
  t.ok(written.every((path) => existsSync(path)))
})

t.test('all identities are written when none is named', async (t) => {
  const directory = t.testdir()
  await writePkiFolder(pki, directory, { identities: [] })
  t.strictSame([...(await readPkiFolder(directory)).identities.keys()], [...pki.identities.keys()])
})

t.test(
  'private keys are for their owner only',
  { skip: process.platform === 'win32' && 'no modes' },
  async (t) => {
    const directory = join(t.testdir(), 'pki')
    await writePkiFolder(pki, directory, few)
    const mode = async (name: string) => ((await stat(join(directory, name))).mode & 0o777).toString(8)
    t.equal(await mode('.'), '700')
    for (const name of ['ecdsa-p256.key', 'ecdsa-p256.pfx', 'server.key', 'server.pfx']) {
      t.equal(await mode(name), '600', name)
    }
    const text = await Promise.all(
      (await readdir(directory))
        .filter((name) => !name.endsWith('.key'))
        .map((name) => readFile(join(directory, name), 'latin1')),
    )
    t.notOk(
      text.some((each) => each.includes('PRIVATE KEY')),
      'and in no other file',
    )
  },
)

t.test('the contents are those of the identity', async (t) => {
  const directory = t.testdir()
  await writePkiFolder(pki, directory, few)
  const read = (name: string) => readFile(join(directory, name))
  const { chain, chainPem, keyPem } = pki.identities.get('ecdsa-p256')!
  t.equal((await read('ecdsa-p256.pem')).toString(), chainPem)
  t.equal((await read('ecdsa-p256.key')).toString(), keyPem)
  t.ok((await read('ecdsa-p256.der')).equals(chain[0]!.der))
  t.equal((await read('ecdsa-p256.b64')).toString(), Buffer.from(chain[0]!.der).toString('base64'))
  t.equal((await read('ca.pem')).toString(), pki.authorities['root-a'].certificate.pem)
  const issuers = [
    'root-a',
    'intermediate-a',
    'expired-intermediate',
    'server-auth-intermediate',
    'non-ca-issuer',
  ] as const
  t.strictSame(
    blocksIn((await read('crl.pem')).toString()),
    issuers.map((name) => pki.authorities[name].crlPem).sort(),
  )
  t.strictSame(
    blocksIn((await read('stale-crl.pem')).toString()),
    Object.values(pki.authorities)
      .map(({ staleCrlPem }) => staleCrlPem)
      .sort(),
  )
  t.match((await read('README.txt')).toString(), /missing .* \(no files\)/)
})

t.test('issuing again replaces what an earlier issue wrote, and nothing of anybody else', async (t) => {
  const directory = t.testdir({ 'notes.txt': 'mine', 'expired.txt': 'mine' })
  await writePkiFolder(pki, directory, { identities: ['expired', 'ecdsa-p256'] })
  const again = await issuePki({ authorities, server, identities }, { now })
  await writePkiFolder(again, directory, few)
  const expected = [...shared, ...filesOf('ecdsa-p256'), ...filesOf('server'), 'notes.txt', 'expired.txt']
  t.strictSame((await readdir(directory)).sort(), expected.sort())
  t.strictSame((await readPkiFolder(directory)).authorities, again.authorities)
})

const foreign = [
  { name: 'a file that we would write', files: { 'server.key': 'mine' } },
  { name: 'a file in the way of one identity', files: { 'ecdsa-p256.pem': 'mine' } },
  { name: 'a directory in the way', files: { 'ca.pem': {} } },
] as const

for (const { name, files } of foreign) {
  t.test(`${name} is not overwritten`, async (t) => {
    const directory = t.testdir(files)
    await t.rejects(writePkiFolder(pki, directory, few), {
      code: 'ERR_PKI_FOLDER_FOREIGN',
      message: new RegExp(Object.keys(files)[0]!),
      where: directory,
    })
    t.strictSame(await readdir(directory), Object.keys(files))
  })
}

t.test('a file beside an earlier issue that it did not write is not overwritten either', async (t) => {
  const directory = t.testdir()
  await writePkiFolder(pki, directory, few)
  await writeFile(join(directory, 'expired.key'), 'mine')
  await t.rejects(writePkiFolder(pki, directory), {
    code: 'ERR_PKI_FOLDER_FOREIGN',
    message: /: expired\.key$/,
  })
  t.equal(await readFile(join(directory, 'expired.key'), 'utf8'), 'mine')
})

t.test('a symbolic link is replaced, not followed', async (t) => {
  const directory = t.testdir({ outside: 'mine', pki: {} })
  await writePkiFolder(pki, join(directory, 'pki'), few)
  const path = join(directory, 'pki', 'server.key')
  await rm(path)
  await symlink(join(directory, 'outside'), path)
  await writePkiFolder(pki, join(directory, 'pki'), few)
  t.equal(await readFile(join(directory, 'outside'), 'utf8'), 'mine')
  t.equal(await readFile(path, 'utf8'), pki.server.keyPem)
})

t.test('a path that cannot be written is an error, and leaves no temporary file', async (t) => {
  const directory = t.testdir({ file: '', pki: {} })
  await t.rejects(writePkiFolder(pki, join(directory, 'file'), few), {
    code: 'ERR_PKI_FOLDER_WRITE',
    where: join(directory, 'file'),
  })
  await writePkiFolder(pki, join(directory, 'pki'), few)
  const blocked = join(directory, 'pki', 'server.key')
  await rm(blocked)
  await mkdir(join(blocked, 'not-empty'), { recursive: true })
  await t.rejects(writePkiFolder(pki, join(directory, 'pki'), few), {
    code: 'ERR_PKI_FOLDER_WRITE',
    where: blocked,
  })
  t.notOk((await readdir(join(directory, 'pki'))).some((name) => name.endsWith('.tmp')))
})

t.test('an unknown identity is refused before anything is written', async (t) => {
  const directory = t.testdir()
  await t.rejects(writePkiFolder(pki, directory, { identities: ['ecdsa-p256', 'nobody'] }), {
    code: 'ERR_IDENTITY_UNKNOWN',
    message: 'there is no identity nobody',
    hint: /correct, missing/,
  })
  t.strictSame(await readdir(directory), [])
})

for (const name of ['server', 'ca', 'crl']) {
  t.test(`an identity cannot be called ${name}: that file is taken`, async (t) => {
    const [correct] = identities as [IdentitySpec]
    const renamed: Pki = {
      ...pki,
      identities: new Map([[name, { ...pki.identities.get(correct.name)!, name }]]),
    }
    await t.rejects(writePkiFolder(renamed, t.testdir()), {
      code: 'ERR_IDENTITY_NAME',
      message: `two things would be written to ${name}.pem`,
    })
  })
}
