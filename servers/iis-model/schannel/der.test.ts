import t from 'tap'
import { HarnessError } from '../../../harness/model/errors.ts'
import { readCertificateFields } from './certificate-fields.ts'
import { parseCrl } from './crl.ts'
import { decode, elementsOf, objectIdentifier, readElement, tags, timeOf } from './der.ts'
import { crlOf, issue, pemOf } from './testdata/test-pki.ts'

const element = (hex: string) => readElement(Buffer.from(hex, 'hex'))

const oids = [
  { hex: '0603551d13', oid: '2.5.29.19' },
  { hex: '06092b0601040182371902', oid: '1.3.6.1.4.1.311.25.2' },
  { hex: '0603883703', oid: '2.999.3' },
  { hex: '060100', oid: '0.0' },
] as const

for (const { hex, oid } of oids) {
  t.test(`the object identifier ${oid}`, async (t) => t.equal(objectIdentifier(element(hex)), oid))
}

for (const hex of ['0600', '060180', '0603553d80', `0681ff${'01'.repeat(255)}`]) {
  t.test(`no object identifier: ${hex.slice(0, 12)}`, async (t) => {
    t.throws(() => objectIdentifier(element(hex)), { code: 'ERR_DER' })
  })
}

const time = (tag: number, text: string) => timeOf({ tag, contents: Buffer.from(text), encoded: Buffer.of() })

t.test('times', async (t) => {
  t.equal(time(tags.utcTime, '500101000000Z'), Date.UTC(1950, 0, 1))
  t.equal(time(tags.utcTime, '491231235959Z'), Date.UTC(2049, 11, 31, 23, 59, 59))
  t.equal(time(tags.generalizedTime, '20500101000000Z'), Date.UTC(2050, 0, 1))
  for (const text of ['', '501301000000Z', '5001010000Z', '500101000000+0000']) {
    t.throws(() => time(tags.utcTime, text), { code: 'ERR_DER' }, text)
  }
  t.throws(() => time(tags.integer, '20500101000000Z'), { code: 'ERR_DER' })
  t.throws(() => timeOf(undefined), { code: 'ERR_DER' })
})

const malformed = [
  { name: 'nothing', hex: '' },
  { name: 'a tag alone', hex: '30' },
  { name: 'a length past the end', hex: '300501' },
  { name: 'an indefinite length', hex: '30800000' },
  { name: 'a length of five octets', hex: '30850000000000' },
  { name: 'a length cut short', hex: '3084ffff' },
  { name: 'a length of four gigabytes', hex: '3084ffffffff' },
  { name: 'a tag of several octets', hex: '1f8101' },
  { name: 'bytes after the end', hex: '300000' },
] as const

for (const { name, hex } of malformed) {
  t.test(`malformed: ${name}`, async (t) => {
    t.throws(() => decode(Buffer.from(hex, 'hex'), tags.sequence), { code: 'ERR_DER' })
  })
}

t.test('elements, one after the other', async (t) => {
  t.strictSame(
    [...elementsOf(element('30060101ff020105'))].map(({ tag, contents }) => [tag, contents.toString('hex')]),
    [
      [tags.boolean, 'ff'],
      [tags.integer, '05'],
    ],
  )
  t.throws(() => [...elementsOf(element('30040101ff02'))], { code: 'ERR_DER' })
})

const root = issue({ cn: 'root', ca: true, crl: ['http://a.example/'] })
const crl = crlOf({ by: root, revoked: [root] })

for (const { name, bytes, read } of [
  { name: 'a certificate', bytes: root.der, read: readCertificateFields },
  { name: 'a list', bytes: crl, read: parseCrl },
  { name: 'a list in PEM', bytes: Buffer.from(pemOf(crl)), read: parseCrl },
]) {
  t.test(`${name} with any byte cut off or changed ends in a HarnessError or in a value`, async (t) => {
    t.ok(read(bytes))
    const others = new Set<unknown>()
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 0xff
      for (const damaged of [bytes.subarray(0, at), changed]) {
        try {
          read(damaged)
        } catch (error) {
          if (!(error instanceof HarnessError)) others.add(error)
        }
      }
    }
    t.strictSame([...others], [])
  })
}
