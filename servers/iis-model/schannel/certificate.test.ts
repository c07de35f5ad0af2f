import { X509Certificate } from 'node:crypto'
import t from 'tap'
import { booleanTrue, encodeDer, integer, sequence } from '../../../harness/pki/asn1.ts'
import type { Asn1 } from '../../../harness/pki/asn1.ts'
import { isSelfIssued, parseCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import {
  mailbox,
  dnsName,
  generalNames,
  objectSid,
  otherKind,
  userPrincipalName,
} from './testdata/general-names.ts'
import { commonName, extension, issue } from './testdata/test-pki.ts'

const root = issue({ cn: 'root', ca: true })
const SID = 'S-1-5-21-1-2-3-1104'
const client = issue({
  cn: 'client',
  by: root,
  crl: ['http://a.example/1.crl', 'ldap:///CN=x'],
  serialNumber: Uint8Array.of(0, 0x8f, 0x0a),
  extensions: [
    extension(
      '2.5.29.17',
      generalNames(mailbox('a@b'), dnsName('c'), otherKind('no'), userPrincipalName('ä@example.org')),
    ),
    extension('1.3.6.1.4.1.311.25.2', generalNames(objectSid(SID))),
    extension('2.5.29.37', Buffer.from([0x30, 10, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 2])),
    extension('1.2.3', integer(1), true),
    extension('1.2.4', integer(1)),
  ],
})

t.test('every field of a certificate that has all of them', async (t) => {
  const { certificate } = client
  t.match(certificate, {
    subject: 'CN=client',
    issuer: 'CN=root',
    serialNumber: '8F0A',
    basicConstraints: { cA: false, pathLenConstraint: null },
    isCa: false,
    extKeyUsage: ['1.3.6.1.5.5.7.3.2'],
    subjectKeyIdentifier: /^[0-9a-f]{40}$/,
    authorityKeyIdentifier: root.certificate.subjectKeyIdentifier,
    securityIdentifier: SID,
    isMalformed: false,
  })
  const names = { userPrincipalNames: ['ä@example.org'], rfc822Names: ['a@b'] }
  t.strictSame(certificate.subjectAltNames, names)
  t.strictSame(certificate.crlDistributionPoints, ['http://a.example/1.crl', 'ldap:///CN=x'])
  t.strictSame(certificate.unknownCriticalExtensions, ['1.2.3'])
  t.ok(certificate.subjectDer.equals(encodeDer(commonName('client'))))
  t.ok(certificate.issuerDer.equals(root.certificate.subjectDer))
  t.match(certificate.fingerprint, /^[0-9a-f]{40}$/)
  t.ok(certificate.isSignedBy(root.certificate))
  t.notOk(certificate.isSignedBy(certificate))
  t.strictSame([isSelfIssued(root.certificate), isSelfIssued(certificate)], [true, false])
})

t.test('every field of one that has none', async (t) => {
  const { certificate } = issue({ cn: 'bare', keyIdentifiers: false })
  t.strictSame(certificate.subjectAltNames, { userPrincipalNames: [], rfc822Names: [] })
  t.strictSame([...certificate.crlDistributionPoints, ...certificate.unknownCriticalExtensions], [])
  t.match(certificate, {
    extKeyUsage: null,
    hasDigitalSignature: null,
    subjectKeyIdentifier: null,
    authorityKeyIdentifier: null,
    securityIdentifier: null,
    nameConstraints: null,
    isMalformed: false,
  })
})

const constraints: readonly { readonly value: Asn1; readonly read: Certificate['basicConstraints'] }[] = [
  { value: sequence(), read: { cA: false, pathLenConstraint: null } },
  { value: sequence(booleanTrue()), read: { cA: true, pathLenConstraint: null } },
  { value: sequence(booleanTrue(), integer(0)), read: { cA: true, pathLenConstraint: 0 } },
  { value: sequence(booleanTrue(), integer(300)), read: { cA: true, pathLenConstraint: 300 } },
]

for (const { value, read } of constraints) {
  t.test(`basicConstraints ${JSON.stringify(read)}`, async (t) => {
    t.strictSame(withExtension('2.5.29.19', encodeDer(value)).basicConstraints, read)
  })
}

/** The first of two extensions of one kind counts, and issue() puts its own first: so without it. */
function withExtension(oid: string, value: Uint8Array): Certificate {
  const { der } = issue({ cn: 'any', keyIdentifiers: false, extensions: [extension(oid, value)] })
  return parseCertificate(new X509Certificate(withoutBasicConstraints(der, oid)))
}

/** Turns the basicConstraints that issue() made into an extension that nobody knows. */
function withoutBasicConstraints(der: Buffer, oid: string): Buffer {
  if (oid !== '2.5.29.19') return der
  const changed = Buffer.from(der)
  const at = changed.indexOf(Buffer.from('0603551d13', 'hex'))
  changed[at + 4] = 0x63
  return changed
}

const values: readonly { readonly name: string; readonly oid: string; readonly value: Asn1 }[] = [
  { name: 'basicConstraints', oid: '2.5.29.19', value: sequence(booleanTrue(), integer(1)) },
  { name: 'subjectAltName', oid: '2.5.29.17', value: generalNames(mailbox('a@b'), userPrincipalName('u')) },
  { name: 'securityIdentifier', oid: '1.3.6.1.4.1.311.25.2', value: generalNames(objectSid(SID)) },
]

for (const { name, oid, value } of values) {
  t.test(`${name} cut short at any byte is malformed, and no field throws`, async (t) => {
    const whole = encodeDer(value)
    t.equal(withExtension(oid, whole).isMalformed, false)
    for (let length = 0; length < whole.length; length++) {
      const certificate = withExtension(oid, whole.subarray(0, length))
      t.equal(certificate.isMalformed, true, `${length} bytes`)
      t.doesNotThrow(() => [certificate.subjectAltNames, certificate.securityIdentifier])
      t.not(certificate.basicConstraints?.cA, true)
    }
  })
}
