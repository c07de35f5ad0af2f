import { X509Certificate } from 'node:crypto'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { authorities, identities, server } from '../../scenarios/identities/index.ts'
import { HarnessError } from '../model/errors.ts'
import { issuePki } from './issue.ts'
import { readPkiFolder } from './read-folder.ts'
import { writePkiFolder } from './write-folder.ts'

const now = Date.UTC(2026, 0, 2)
const pki = await issuePki({ authorities, server, identities }, { now })
const other = await issuePki({ authorities, server, identities: [] }, { now })

t.test('reading gives back what was written', async (t) => {
  const directory = t.testdir()
  await writePkiFolder(pki, directory)
  const read = await readPkiFolder(directory)
  t.strictSame({ ...read, crowd: [] }, { ...pki, crowd: [] })
})

t.test('the distribution point is read back', async (t) => {
  const directory = t.testdir()
  const distributionPoint = 'http://127.0.0.1:8480'
  const elsewhere = await issuePki({ authorities, server, identities: [] }, { now, distributionPoint })
  await writePkiFolder(elsewhere, directory)
  t.equal((await readPkiFolder(directory)).distributionPoint, distributionPoint)
})

t.test('the crowd is made anew, once, at the moment of reading', async (t) => {
  const directory = t.testdir()
  await writePkiFolder(other, directory)
  const read = await readPkiFolder(directory, { now: Date.UTC(2040, 5, 1) })
  t.equal(read.crowd, read.crowd)
  t.equal(read.crowd.length, pki.crowd.length)
  t.equal(read.crowd[0]?.subject, pki.crowd[0]?.subject)
  t.match(new X509Certificate(read.crowd[0]!.der).validFrom, /2039/)
})

t.test('reading gives back the identities that were chosen', async (t) => {
  const directory = t.testdir()
  const chosen = ['missing', 'ed25519', 'via-intermediate']
  await writePkiFolder(pki, directory, { identities: chosen })
  const read = await readPkiFolder(directory)
  t.strictSame(
    [...read.identities.values()],
    [...pki.identities.values()].filter(({ name }) => chosen.includes(name)),
  )
})

/** Damage to a good folder, and what is said about it. */
const damages: readonly {
  readonly name: string
  readonly file: string
  /** The new contents; null: the file is removed. */
  readonly damage: (text: string) => string | null
  readonly code: string
  readonly message: RegExp
}[] = [
  {
    name: 'no manifest',
    file: 'countersign-pki.json',
    damage: () => null,
    code: 'ERR_PKI_FOLDER_READ',
    message: /ENOENT/,
  },
  {
    name: 'a manifest cut short',
    file: 'countersign-pki.json',
    damage: (text) => text.slice(0, 100),
    code: 'ERR_PKI_FOLDER_MANIFEST',
    message: /malformed manifest/,
  },
  {
    name: 'an empty manifest',
    file: 'countersign-pki.json',
    damage: () => '',
    code: 'ERR_PKI_FOLDER_MANIFEST',
    message: /malformed manifest/,
  },
  {
    name: 'a manifest that is a list',
    file: 'countersign-pki.json',
    damage: () => '[]',
    code: 'ERR_PKI_FOLDER_MANIFEST',
    message: /the document must be an object, not \[\]/,
  },
  {
    name: 'a manifest of a later version',
    file: 'countersign-pki.json',
    damage: (text) => text.replace('"version": 2', '"version": 3'),
    code: 'ERR_PKI_FOLDER_MANIFEST',
    message: /version must be 2, not 3/,
  },
  {
    name: 'a manifest without root-c',
    file: 'countersign-pki.json',
    damage: (text) => text.replace('"root-c"', '"root-d"'),
    code: 'ERR_PKI_FOLDER_MANIFEST',
    message: /authorities\.root-c must be a string, not absent/,
  },
  {
    name: 'an identity with a path for a name',
    file: 'countersign-pki.json',
    damage: (text) => text.replace('"name": "ecdsa-p256"', '"name": "../ecdsa-p256"'),
    code: 'ERR_PKI_FOLDER_MANIFEST',
    message: /identity name "\.\.\/ecdsa-p256" is malformed/,
  },
  {
    name: 'a chain that is text',
    file: 'countersign-pki.json',
    damage: (text) => text.replace('"chain": []', '"chain": "none"'),
    code: 'ERR_PKI_FOLDER_MANIFEST',
    message: /identities\[0\]\.chain must be a list, not "none"/,
  },
  {
    name: 'no CA certificate',
    file: 'ca.pem',
    damage: () => null,
    code: 'ERR_PKI_FOLDER_READ',
    message: /ENOENT/,
  },
  {
    name: 'no key',
    file: 'ecdsa-p256.key',
    damage: () => null,
    code: 'ERR_PKI_FOLDER_READ',
    message: /ENOENT/,
  },
  {
    name: 'an empty certificate file',
    file: 'ecdsa-p256.pem',
    damage: () => '',
    code: 'ERR_PKI_FOLDER_DAMAGED',
    message: /0 certificates where the manifest lists 1/,
  },
  {
    name: 'a certificate cut short',
    file: 'ecdsa-p256.pem',
    damage: (text) => text.slice(0, -10),
    code: 'ERR_PKI_FOLDER_DAMAGED',
    message: /0 certificates where the manifest lists 1/,
  },
  {
    name: 'an intermediate that is left out',
    file: 'via-intermediate.pem',
    damage: (text) => text.slice(0, text.indexOf('-----BEGIN', 1)),
    code: 'ERR_PKI_FOLDER_DAMAGED',
    message: /1 certificates where the manifest lists 2/,
  },
  {
    name: 'a certificate with a changed byte',
    file: 'server.pem',
    damage: (text) => text.replace('MII', 'MIJ'),
    code: 'ERR_PKI_FOLDER_DAMAGED',
    message: /certificate 1 is not the one/,
  },
  {
    name: 'a root of another issue',
    file: 'ca.pem',
    damage: () => other.authorities['root-a'].certificate.pem,
    code: 'ERR_PKI_FOLDER_DAMAGED',
    message: /certificate 1 is not the one/,
  },
  {
    name: 'a key that is no key',
    file: 'server.key',
    damage: () => 'secret',
    code: 'ERR_PKI_FOLDER_DAMAGED',
    message: /damaged PKI folder/,
  },
  {
    name: 'the key of another issue',
    file: 'server.key',
    damage: () => other.server.keyPem,
    code: 'ERR_PKI_FOLDER_DAMAGED',
    message: /not the key of the certificate beside it/,
  },
  {
    name: 'an empty CRL file',
    file: 'crl.pem',
    damage: () => '',
    code: 'ERR_PKI_FOLDER_DAMAGED',
    message: /no CRL of CN=root-a,O=Countersign/,
  },
  {
    name: 'a CRL that is left out',
    file: 'crl.pem',
    damage: () => pki.authorities['root-a'].crlPem,
    code: 'ERR_PKI_FOLDER_DAMAGED',
    message: /no CRL of CN=intermediate-a,O=Countersign/,
  },
  {
    name: 'a stale CRL that is left out',
    file: 'stale-crl.pem',
    damage: (text) => text.slice(text.indexOf('-----BEGIN', 1)),
    code: 'ERR_PKI_FOLDER_DAMAGED',
    message: /no CRL of CN=root-a,O=Countersign/,
  },
  {
    name: 'a CRL that is not DER',
    file: 'named-ca-crl.pem',
    damage: (text) => text.replace('MII', 'AAA').replace('MIH', 'AAA'),
    code: 'ERR_PKI_FOLDER_DAMAGED',
    message: /damaged PKI folder/,
  },
]

t.test('a folder that is not whole is refused', async (t) => {
  const directory = t.testdir()
  const good = join(directory, 'good')
  await writePkiFolder(pki, good, { identities: ['missing', 'ecdsa-p256', 'via-intermediate'] })
  for (const { name, file, damage, code, message } of damages) {
    t.test(name, async (t) => {
      const damaged = join(directory, 'damaged')
      await rm(damaged, { recursive: true, force: true })
      await cp(good, damaged, { recursive: true })
      const path = join(damaged, file)
      const before = await readFile(path, 'utf8')
      const after = damage(before)
      t.not(after, before, 'something is damaged')
      if (after === null) await rm(path)
      else await writeFile(path, after)
      await t.rejects(readPkiFolder(damaged), { code, message, where: path, hint: /countersign issue/ })
    })
  }
})

t.test('what is not a folder is refused', async (t) => {
  const directory = t.testdir({ file: '' })
  for (const name of ['nowhere', 'file', '.']) {
    await t.rejects(readPkiFolder(join(directory, name)), { code: 'ERR_PKI_FOLDER_READ' }, name)
  }
  await mkdir(join(directory, 'countersign-pki.json'))
  await t.rejects(readPkiFolder(directory), HarnessError, 'a manifest that is a directory')
})
